"""Graph algorithms: searches, components, topological order, spanning trees, cycles, colours."""
EDGES = [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4), (7, 8), (8, 7), (9, 9), (6, 7)]


def adjacency(edges):
    graph = {}
    for a, b in edges:
        graph.setdefault(a, []).append(b)
        graph.setdefault(b, [])
    return graph


def breadth_first(graph, start):
    seen, order, queue = {start}, [], [start]
    while queue:
        node = queue.pop(0)
        order.append(node)
        for other in graph[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return order


def depth_first(graph, start, seen=None):
    seen = seen if seen is not None else set()
    seen.add(start)
    yield start
    for other in graph[start]:
        if other not in seen:
            yield from depth_first(graph, other, seen)


def strong_components(graph):
    """Tarjan's algorithm with the recursion in a closure."""
    index, low, stack, on_stack, result = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on_stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = []
            while True:
                member = stack.pop()
                on_stack.discard(member)
                component.append(member)
                if member == node:
                    break
            result.append(sorted(component))

    for node in graph:
        if node not in index:
            visit(node)
    return result


class Cycle(Exception):
    pass


def topological(graph):
    state, order = {}, []

    def visit(node, path):
        match state.get(node):
            case "done":
                return
            case "open":
                raise Cycle(" -> ".join(map(str, path[path.index(node):] + [node])))
        state[node] = "open"
        for other in graph[node]:
            visit(other, path + [node])
        state[node] = "done"
        order.append(node)

    for node in sorted(graph):
        visit(node, [])
    return order[::-1]


def kruskal(nodes, edges):
    parent = {n: n for n in nodes}

    def find(n):
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    tree = []
    for weight, a, b in sorted(edges):
        if (x := find(a)) != (y := find(b)):
            parent[x] = y
            tree.append((a, b, weight))
    return tree


graph = adjacency(EDGES)
print(graph)
print("bfs", breadth_first(graph, 1))
print("dfs", list(depth_first(graph, 1)))
print("scc", strong_components(graph))
try:
    topological(graph)
except Cycle as cycle:
    print("cycle", cycle)
clothes = adjacency([("shirt", "tie"), ("tie", "jacket"), ("trousers", "shoes"), ("trousers", "belt"), ("belt", "jacket"), ("socks", "shoes")])
print("dress", topological(clothes))
tree = kruskal("abcdef", [(4, "a", "b"), (4, "a", "c"), (2, "b", "c"), (3, "c", "d"), (1, "c", "e"), (6, "d", "f"), (3, "e", "f"), (2, "d", "e")])
print("tree", tree, sum(w for *_, w in tree))


def colour(graph, colours):
    undirected = {n: set(graph[n]) | {m for m in graph if n in graph[m]} for n in graph}
    chosen = {}
    for node in sorted(undirected, key=lambda n: (-len(undirected[n]), n)):
        used = {chosen[m] for m in undirected[node] if m in chosen and m != node}
        chosen[node] = next(c for c in colours if c not in used)
    return dict(sorted(chosen.items()))


print("colours", colour(graph, ["red", "green", "blue", "grey"]))
