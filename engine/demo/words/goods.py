"""What the demo company sells: categories with their goods, prices, weights and variants."""

from __future__ import annotations

from dataclasses import dataclass

from engine.demo.words.country import listed


@dataclass(frozen=True, slots=True)
class Good:
    """One kind of goods: its usual price in cents and its weight in grams, for one unit."""

    name: str
    cents: int
    grams: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category: its goods, the variants each of them comes in, and the unit they are sold by."""

    name: str
    code: str
    color: str
    unit: str
    goods: tuple[Good, ...]
    variants: tuple[str, ...]


def goods(text: str) -> tuple[Good, ...]:
    """Goods of a text between commas, each with its price in euros and its weight in kilograms behind the name."""
    return tuple(_good(*part.rsplit(" ", 2)) for part in listed(text))


def _good(name: str, price: str, weight: str) -> Good:
    # Price and weight are written with two decimal places and one.
    return Good(name, int(price.replace(".", "")), int(weight.replace(".", "")) * 100)


SHELVES = (
    Shelf(
        name="Timber",
        code="TMB",
        color="#a9743a",
        unit="m",
        goods=goods(
            "Pine board 4.20 1.8, Spruce beam 7.60 4.5, Birch batten 3.10 0.7, Oak plank 24.00 6.2, "
            "Larch decking 6.90 2.4, Skirting board 3.80 0.9, Door moulding 4.60 0.8, Ash rail 9.20 1.6, "
            "Handrail 14.50 1.9, Planed lath 1.90 0.4"
        ),
        variants=listed(
            "12 mm, 15 mm, 18 mm, 21 mm, 28 mm, 32 mm, 45 mm, 60 mm, 18 mm sanded, 21 mm sanded, 28 mm oiled, "
            "45 mm treated, 15 mm white, 18 mm white, 21 mm grey, 28 mm grey, 32 mm brown, 45 mm brown, 60 mm treated, "
            "32 mm sanded"
        ),
    ),
    Shelf(
        name="Fasteners",
        code="FST",
        color="#7d8790",
        unit="box",
        goods=goods(
            "Wood screws 8.90 0.9, Drywall screws 6.40 0.8, Hex bolts 12.50 1.6, Carriage bolts 14.20 1.9, "
            "Threaded rods 17.80 3.2, Wall plugs 5.60 0.3, Nails 4.90 1.0, Staples 3.80 0.6, Angle brackets 19.50 2.4, "
            "Dowels 4.20 0.4"
        ),
        variants=listed(
            "20 mm, 25 mm, 30 mm, 40 mm, 50 mm, 60 mm, 80 mm, 100 mm, 120 mm, 150 mm, 20 mm stainless, "
            "25 mm stainless, 30 mm stainless, 40 mm stainless, 50 mm stainless, 60 mm stainless, 80 mm stainless, "
            "100 mm stainless, 120 mm stainless, 150 mm stainless"
        ),
    ),
    Shelf(
        name="Paint and oil",
        code="PNT",
        color="#2f7fb5",
        unit="l",
        goods=goods(
            "Wall paint 9.80 1.4, Ceiling paint 8.60 1.4, Wood oil 18.90 0.9, Floor varnish 22.40 1.0, "
            "Primer 11.20 1.3, Exterior stain 14.70 1.1, Metal enamel 19.60 1.2, Wax 24.50 0.9, Chalk paint 21.80 1.3, "
            "Stain blocker 16.40 1.2"
        ),
        variants=listed(
            "white, ivory, sand, light grey, graphite, black, sky blue, navy, sage, moss green, brick red, terracotta, "
            "mustard, clear matt, clear satin, clear gloss, oak, walnut, teak, pine"
        ),
    ),
    Shelf(
        name="Hand tools",
        code="TLS",
        color="#c2452d",
        unit="pcs",
        goods=goods(
            "Claw hammer 21.90 0.9, Chisel 14.50 0.3, Hand saw 24.80 0.6, Block plane 49.00 0.8, "
            "Spirit level 29.90 0.9, Screwdriver 8.70 0.2, Clamp 17.60 1.1, Pliers 19.40 0.4, Tape measure 11.90 0.3, "
            "Utility knife 7.80 0.2"
        ),
        variants=listed(
            "small, medium, large, compact, long, short, heavy, light, soft grip, wooden handle, steel handle, "
            "with case, professional, left-handed, set of two, set of three, red, blue, folding, classic"
        ),
    ),
    Shelf(
        name="Power tools",
        code="PWR",
        color="#e07b00",
        unit="pcs",
        goods=goods(
            "Cordless drill 149.00 1.7, Impact driver 159.00 1.5, Circular saw 189.00 3.9, Jigsaw 129.00 2.5, "
            "Orbital sander 99.00 1.6, Router 219.00 3.4, Planer 179.00 3.2, Angle grinder 89.00 2.1, "
            "Heat gun 59.00 0.8, Dust extractor 389.00 9.8"
        ),
        variants=listed(
            "12 V, 18 V, 36 V, 600 W, 750 W, 900 W, 1100 W, 1200 W, 1400 W, 1600 W, 18 V kit, 12 V compact, 36 V kit, "
            "18 V body only, with case, with stand, quiet, two-speed, professional, heavy"
        ),
    ),
    Shelf(
        name="Workwear",
        code="WRK",
        color="#4c6b3c",
        unit="pcs",
        goods=goods(
            "Work trousers 64.90 0.8, Fleece jacket 54.50 0.5, Gloves 9.80 0.1, Safety vest 7.90 0.2, "
            "Overalls 79.00 1.1, Cap 12.50 0.1, Rain jacket 69.00 0.7, Knee pads 22.40 0.4, Polo shirt 19.80 0.3, "
            "Softshell jacket 89.00 0.7"
        ),
        variants=listed(
            "XS, S, M, L, XL, XXL, S black, M black, L black, XL black, S grey, M grey, L grey, XL grey, S navy, "
            "M navy, L navy, XL navy, M orange, L orange"
        ),
    ),
    Shelf(
        name="Lighting",
        code="LGT",
        color="#d9a400",
        unit="pcs",
        goods=goods(
            "Pendant lamp 79.00 1.4, Wall lamp 54.00 0.9, Desk lamp 45.00 1.2, LED panel 38.50 1.7, "
            "Work light 42.00 1.5, Floor lamp 98.00 4.6, Spotlight 18.90 0.3, LED strip 24.50 0.2, "
            "Outdoor lantern 59.00 1.3, Emergency light 36.00 0.8"
        ),
        variants=listed(
            "white, black, grey, silver, brass, copper, 5 W, 9 W, 12 W, 18 W, 24 W, 36 W, warm white, cold white, "
            "dimmable, with sensor, solar, twin, compact, large"
        ),
    ),
    Shelf(
        name="Furniture",
        code="FUR",
        color="#8b5e3c",
        unit="pcs",
        goods=goods(
            "Work table 289.00 28.0, Office chair 219.00 13.5, Bookcase 179.00 24.0, Storage cabinet 249.00 31.0, "
            "Stool 69.00 4.2, Bench 149.00 11.0, Wardrobe 420.00 58.0, Chest of drawers 265.00 36.0, "
            "Coat stand 59.00 4.8, Meeting table 590.00 47.0"
        ),
        variants=listed(
            "birch, oak, ash, walnut, pine, white, black, grey, oak veneer, birch veneer, painted green, painted blue, "
            "oiled oak, waxed pine, dark stain, light beech, small birch, large birch, small oak, large oak"
        ),
    ),
    Shelf(
        name="Packaging",
        code="PCK",
        color="#b58b4c",
        unit="roll",
        goods=goods(
            "Bubble wrap 12.90 1.1, Stretch film 8.40 1.9, Kraft paper 14.60 3.5, Packing tape 2.80 0.2, "
            "Strapping band 18.90 2.6, Corrugated card 16.50 4.1, Foam sheet 11.70 0.6, Paper labels 9.30 0.5, "
            "Masking tape 3.40 0.2, Protective felt 19.80 2.8"
        ),
        variants=listed(
            "10 m, 25 m, 33 m, 50 m, 66 m, 75 m, 100 m, 150 m, 200 m, 300 m, 10 m recycled, 25 m recycled, "
            "33 m recycled, 50 m recycled, 66 m recycled, 75 m recycled, 100 m recycled, 150 m recycled, "
            "200 m recycled, 300 m recycled"
        ),
    ),
    Shelf(
        name="Coffee corner",
        code="CFE",
        color="#5b3a29",
        unit="kg",
        goods=goods(
            "Espresso beans 18.90 1.0, Filter coffee 13.80 1.0, Decaf beans 19.60 1.0, Black tea 24.00 1.0, "
            "Green tea 28.00 1.0, Herbal tea 21.50 1.0, Cocoa 14.20 1.0, Cane sugar 3.60 1.0, Oat biscuits 8.90 1.0, "
            "Dried fruit 11.40 1.0"
        ),
        variants=listed(
            "classic, organic, fair trade, house selection, premium, mild, strong, economy, northern, southern, "
            "breakfast, evening, harvest, festive, travel, office, original, limited, family pack, gift pack"
        ),
    ),
)

HALVES = ("m", "l", "kg")
"""Units that are sold by halves too; everything else is sold whole."""
