# segmenter: under construction
