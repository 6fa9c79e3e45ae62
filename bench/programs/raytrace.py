"""A small ray tracer: spheres over a plane, shadows and reflections, vectors as objects."""
import math


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def __add__(self, o): return Vector(self.x + o.x, self.y + o.y, self.z + o.z)
    def __sub__(self, o): return Vector(self.x - o.x, self.y - o.y, self.z - o.z)
    def scaled(self, k): return Vector(self.x * k, self.y * k, self.z * k)
    def dot(self, o): return self.x * o.x + self.y * o.y + self.z * o.z
    def length(self): return math.sqrt(self.dot(self))
    def unit(self): return self.scaled(1.0 / self.length())


class Sphere:
    def __init__(self, centre, radius, brightness, mirror):
        self.centre, self.radius, self.brightness, self.mirror = centre, radius, brightness, mirror

    def hit(self, origin, direction):
        to_centre = self.centre - origin
        along = to_centre.dot(direction)
        square = self.radius * self.radius - (to_centre.dot(to_centre) - along * along)
        if square < 0:
            return None
        distance = along - math.sqrt(square)
        return distance if distance > 1e-6 else None

    def normal(self, point): return (point - self.centre).unit()


class Floor:
    brightness, mirror = 0.6, 0.1

    def __init__(self, y): self.y = y

    def hit(self, origin, direction):
        if abs(direction.y) < 1e-9:
            return None
        distance = (self.y - origin.y) / direction.y
        return distance if distance > 1e-6 else None

    def normal(self, point): return Vector(0.0, 1.0, 0.0)


class Scene:
    def __init__(self, things, light):
        self.things, self.light = things, light

    def nearest(self, origin, direction):
        best = None
        for thing in self.things:
            distance = thing.hit(origin, direction)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, thing
        return best

    def brightness(self, origin, direction, depth=0):
        found = self.nearest(origin, direction)
        if found is None:
            return 0.2 + 0.3 * max(0.0, direction.y)
        distance, thing = found
        point = origin + direction.scaled(distance)
        normal = thing.normal(point)
        to_light = (self.light - point).unit()
        lit = max(0.0, normal.dot(to_light)) if self.nearest(point, to_light) is None else 0.0
        result = thing.brightness * (0.1 + 0.9 * lit)
        if thing.mirror and depth < 3:
            mirrored = direction - normal.scaled(2.0 * direction.dot(normal))
            result += thing.mirror * self.brightness(point, mirrored.unit(), depth + 1)
        return result


def main(width, height):
    things = [Sphere(Vector(i * 1.5 - 3.0, 0.3 * (i % 2), 6.0 + i % 3), 0.8, 0.9, 0.3) for i in range(5)]
    scene = Scene(things + [Floor(-1.0)], Vector(-4.0, 6.0, 0.0))
    eye = Vector(0.0, 0.5, -2.0)
    total = 0.0
    for y in range(height):
        for x in range(width):
            direction = Vector((x - width / 2) / width, (height / 2 - y) / width, 1.0).unit()
            total += scene.brightness(eye, direction)
    print(f"{total:.6f}")


main(170, 130)
