# linker: under construction
