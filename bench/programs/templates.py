"""A template language: compiled to nested closures, rendered with a context."""
import html
import re

TOKEN = re.compile(r"({{.*?}}|{%.*?%})")


def lookup(path):
    first, *rest = path.split(".")

    def get(context):
        value = context[first]
        for name in rest:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        return value
    return get


def expression(text):
    path, *filters = [part.strip() for part in text.split("|")]
    get = lookup(path)
    for name in filters:
        get = FILTERS[name](get)
    return get


FILTERS = {
    "upper": lambda get: lambda context: str(get(context)).upper(),
    "money": lambda get: lambda context: f"{get(context):,.2f}",
    "length": lambda get: lambda context: len(get(context)),
}


def compile_block(tokens, end=None):
    parts = []
    for token in tokens:
        if token.startswith("{{"):
            get = expression(token[2:-2].strip())
            parts.append(lambda context, get=get: html.escape(str(get(context))))
        elif token.startswith("{%"):
            word, *arguments = token[2:-2].split()
            if word == end:
                break
            if word == "for":
                parts.append(loop(arguments[0], lookup(arguments[2]), compile_block(tokens, "endfor")))
            elif word == "if":
                parts.append(condition(lookup(arguments[0]), compile_block(tokens, "endif")))
        elif token:
            parts.append(lambda context, token=token: token)
    return lambda context: "".join([part(context) for part in parts])


def loop(name, items, body):
    def render(context):
        inner = dict(context)
        out = []
        for i, inner[name] in enumerate(items(context)):
            inner["index"] = i
            out.append(body(inner))
        return "".join(out)
    return render


def condition(test, body):
    return lambda context: body(context) if test(context) else ""


PAGE = """<h1>{{ title | upper }}</h1>
<p>{{ items | length }} items</p>
<table>{% for item in items %}
  <tr class="{% if item.odd %}odd{% endif %}"><td>{{ index }}</td><td>{{ item.name }}</td><td>{{ item.price | money }}</td></tr>{% endfor %}
</table>"""


class Item:
    def __init__(self, i):
        self.name, self.price, self.odd = f"<item {i}>", i * 1234.5, i & 1


def main(rounds):
    size = 0
    items = [Item(i) for i in range(60)]
    for i in range(rounds):
        render = compile_block(iter(TOKEN.split(PAGE)))
        size += len(render({"title": f"page {i}", "items": items}))
    print(size)


main(900)
