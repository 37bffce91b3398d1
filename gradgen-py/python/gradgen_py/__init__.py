"""What goes with the extension modules that gradgen makes."""
