/// The code of the functions, carried inside the program.
enum DemoSource {}
