"""A text adventure played from a script on standard input: dictionaries of closures, classes, matching."""
import sys


class Thing:
    registry = {}
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Thing.registry[cls.__name__.lower()] = cls
    def __init__(self, name, description=""): self.name, self.description, self.here = name, description, None
    def move(self, place):
        if self.here: self.here.contents.remove(self)
        self.here = place
        place.contents.append(self)
        return self
    def __str__(self): return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"
    def look(self): return self.description or f"It is {self}."
    def use(self, game): return f"You cannot use {self}."


class Key(Thing):
    def __init__(self, name, opens): super().__init__(name, f"It says '{opens}'."); self.opens = opens
    def use(self, game):
        for way, door in game.place.exits.items():
            if isinstance(door, Door) and door.name == self.opens:
                door.locked = not door.locked
                return f"You {'' if door.locked else 'un'}lock the {door.name} to the {way}."
        return "There is nothing to open here."


class Lamp(Thing):
    lit = False
    def use(self, game): self.lit = not self.lit; return f"The {self.name} is {'on' if self.lit else 'off'}."


class Food(Thing):
    def use(self, game):
        self.here.contents.remove(self)
        game.score += 5
        return "Tasty."


class Place:
    def __init__(self, name, description, dark=False): self.name, self.description, self.dark, self.exits, self.contents = name, description, dark, {}, []
    def __repr__(self): return f"<{self.name}>"


class Door:
    def __init__(self, name, to, locked=True): self.name, self.to, self.locked = name, to, locked


OPPOSITE = {"north": "south", "east": "west", "up": "down"} | {"south": "north", "west": "east", "down": "up"}


class GameOver(Exception):
    pass


class Game:
    def __init__(self):
        hall, kitchen, cellar, garden = Place("hall", "A wide hall."), Place("kitchen", "It smells of bread."), Place("cellar", "Cold and damp.", dark=True), Place("garden", "Fresh air!")
        self.link(hall, "east", kitchen)
        self.link(kitchen, "down", cellar)
        self.link(hall, "north", garden, Door("oak door", garden))
        self.place, self.bag, self.score, self.turns = hall, Place("bag", ""), 0, 0
        Lamp("lamp", "Made of brass.").move(kitchen)
        Food("apple").move(kitchen)
        Key("key", "oak door").move(cellar)
        Thing("umbrella").move(hall)

    def link(self, a, way, b, door=None):
        a.exits[way], b.exits[OPPOSITE[way]] = door or b, a

    @property
    def light(self): return not self.place.dark or any(getattr(t, "lit", False) for t in self.bag.contents + self.place.contents)

    def find(self, name, *places):
        for place in places or (self.bag, self.place):
            for thing in place.contents:
                if thing.name == name and (place is self.bag or self.light): return thing
        raise LookupError(f"There is no {name} here.")

    def describe(self):
        if not self.light: return "It is too dark to see."
        things = f" You see {', '.join(map(str, self.place.contents))}." if self.place.contents else ""
        return f"[{self.place.name}] {self.place.description}{things} Exits: {', '.join(self.place.exits)}."

    def do(self, command):
        self.turns += 1
        match command.lower().split():
            case []: return "Say something."
            case ["look"] | ["l"]: return self.describe()
            case ["look", "at", *words] | ["examine" | "x", *words]: return self.find(" ".join(words)).look()
            case ["go", way] | [("north" | "south" | "east" | "west" | "up" | "down") as way]:
                match self.place.exits.get(way):
                    case None: return f"You cannot go {way}."
                    case Door(locked=True, name=name): return f"The {name} is locked."
                    case Door(to=place) | (Place() as place):
                        self.place = place
                        if place.name == "garden": raise GameOver(f"You are free! Score {self.score + 20 - self.turns // 5}.")
                        return self.describe()
            case ["take" | "get", "all"]: return "; ".join(self.do(f"take {t.name}") for t in list(self.place.contents)) or "Nothing here."
            case ["take" | "get", name]:
                self.find(name, self.place).move(self.bag)
                self.score += 1
                return f"Taken: {name}."
            case ["drop", name]: return f"Dropped: {self.find(name, self.bag).move(self.place).name}."
            case ["use" | "eat" | "light", name]: return self.find(name, self.bag).use(self)
            case ["inventory" | "i"]: return f"You carry {', '.join(map(str, self.bag.contents)) or 'nothing'}."
            case ["score"]: return f"{self.score} points in {self.turns} turns."
            case ["quit", *rest]: raise GameOver("Goodbye" + (f", {' '.join(rest)}" if rest else ""))
            case [verb, *_]: return f"I don't know how to {verb}."


game = Game()
print(sorted(Thing.registry), game.describe())
for line in sys.stdin:
    print(">", line.rstrip())
    try:
        print(game.do(line))
    except LookupError as error:
        print(error.args[0])
    except GameOver as end:
        print(end)
        break
else:
    print("The script is over.")
print(game.turns, game.score, game.place, [t.name for t in game.bag.contents], sys.stdin.read().split())
