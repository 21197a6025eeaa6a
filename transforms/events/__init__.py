# extractor: under construction
