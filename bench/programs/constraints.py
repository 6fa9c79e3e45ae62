"""One-way constraints between variables, planned by strength and run again when an input changes."""


class Variable:
    def __init__(self, name, value):
        self.name, self.value = name, value
        self.determined_by = None
        self.users = []
        self.mark = 0


class Constraint:
    REQUIRED, STRONG, WEAK = 0, 1, 2

    def __init__(self, strength):
        self.strength = strength

    def inputs(self): return ()
    def run(self): raise NotImplementedError


class Stay(Constraint):
    def __init__(self, variable):
        super().__init__(self.WEAK)
        self.output = variable

    def run(self): pass


class Equal(Constraint):
    def __init__(self, source, output):
        super().__init__(self.REQUIRED)
        self.source, self.output = source, output

    def inputs(self): return (self.source,)
    def run(self): self.output.value = self.source.value


class Scale(Equal):
    def __init__(self, source, factor, offset, output):
        super().__init__(source, output)
        self.factor, self.offset = factor, offset

    def inputs(self): return (self.source, self.factor, self.offset)
    def run(self): self.output.value = self.source.value * self.factor.value + self.offset.value


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        output = constraint.output
        if output.determined_by is None or constraint.strength <= output.determined_by.strength:
            output.determined_by = constraint
        for variable in constraint.inputs():
            variable.users.append(constraint)

    def plan(self, sources):
        self.mark += 1
        ready, plan = list(sources), []
        for variable in ready:
            variable.mark = self.mark
        while ready:
            variable = ready.pop()
            for user in variable.users:
                output = user.output
                if output.determined_by is user and output.mark != self.mark:
                    output.mark = self.mark
                    plan.append(user)
                    ready.append(output)
        return plan


def chain(planner, n):
    variables = [Variable(f"v{i}", 0) for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        planner.add(Equal(a, b))
    return variables


def projection(planner, n):
    factor, offset = Variable("factor", 10), Variable("offset", 1000)
    pairs = []
    for i in range(n):
        source, output = Variable("s", i), Variable("o", i)
        planner.add(Stay(source))
        planner.add(Scale(source, factor, offset, output))
        pairs.append((source, output))
    return factor, offset, pairs


def main(n, rounds):
    planner = Planner()
    variables = chain(planner, n)
    total = 0
    for i in range(rounds):
        variables[0].value = i
        for constraint in planner.plan([variables[0]]):
            constraint.run()
        total += variables[-1].value
    factor, offset, pairs = projection(planner, n)
    for i in range(rounds):
        factor.value = i
        for constraint in planner.plan([factor, offset]):
            constraint.run()
        total += sum(output.value for _, output in pairs)
    print(total)


main(1500, 500)
