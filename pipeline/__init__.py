"""The Beam program: what goes in, what comes out, on which runner."""
