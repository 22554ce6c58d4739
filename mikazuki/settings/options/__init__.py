"""The options of a training, one section a module: sd-scripts' names, one field an option, its docstring under it."""
