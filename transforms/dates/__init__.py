# normalizer: under construction
