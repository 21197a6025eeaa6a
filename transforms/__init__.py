"""What happens to one article, step by step.

Each step is a package of pure functions that needs no Beam (`transforms.dates`); the transforms
over them stand in `transforms.steps`.
"""
