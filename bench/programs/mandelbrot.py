"""The Mandelbrot set in floats and in complex numbers."""


def escape_time(cx, cy, most):
    x = y = 0.0
    for step in range(most):
        xx, yy = x * x, y * y
        if xx + yy > 4.0:
            return step
        y = 2.0 * x * y + cy
        x = xx - yy + cx
    return most


def escape_time_complex(c, most):
    z = 0j
    for step in range(most):
        if abs(z) > 2.0:
            return step
        z = z * z + c
    return most


def main(width, height, most):
    total = 0
    for row in range(height):
        cy = 2.4 * row / height - 1.2
        for column in range(width):
            total += escape_time(3.2 * column / width - 2.2, cy, most)
    for row in range(0, height, 4):
        for column in range(0, width, 4):
            total += escape_time_complex(complex(3.2 * column / width - 2.2, 2.4 * row / height - 1.2), most)
    return total


print(main(320, 240, 200))
