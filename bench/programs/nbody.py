"""The planets' orbits: floating point and attributes of lists."""
import sys

PI = 3.141592653589793
MASS = 4 * PI * PI
DAYS = 365.24


def bodies():
    def body(x, y, z, vx, vy, vz, mass):
        return [[x, y, z], [vx * DAYS, vy * DAYS, vz * DAYS], mass * MASS]
    return [
        body(0, 0, 0, 0, 0, 0, 1),
        body(4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609),
        body(8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411188, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812),
        body(12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298),
        body(15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451),
    ]


def advance(pairs, system, dt, steps):
    for _ in range(steps):
        for (p, v, m), (q, w, n) in pairs:
            dx, dy, dz = p[0] - q[0], p[1] - q[1], p[2] - q[2]
            strength = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            towards, back = n * strength, m * strength
            v[0] -= dx * towards
            v[1] -= dy * towards
            v[2] -= dz * towards
            w[0] += dx * back
            w[1] += dy * back
            w[2] += dz * back
        for p, v, m in system:
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]


def energy(pairs, system):
    kinetic = sum(0.5 * m * (v[0] ** 2 + v[1] ** 2 + v[2] ** 2) for _, v, m in system)
    potential = sum(m * n / sum((a - b) ** 2 for a, b in zip(p, q)) ** 0.5 for (p, _, m), (q, _, n) in pairs)
    return kinetic - potential


def main(steps):
    system = bodies()
    pairs = [(a, b) for i, a in enumerate(system) for b in system[i + 1:]]
    total = [sum(v[i] * m for _, v, m in system) for i in range(3)]
    system[0][1][:] = [-t / MASS for t in total]
    print(f"{energy(pairs, system):.9f}")
    advance(pairs, system, 0.01, steps)
    print(f"{energy(pairs, system):.9f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 120_000)
