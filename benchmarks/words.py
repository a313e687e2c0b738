"""Words from which the benchmark data is put together."""

LATIN_SURNAMES = (
    "Meyer", "Larsson", "Popescu", "Rossi", "Novak", "Silva", "Martin", "Keller", "Hoxha", "Virtanen", "Kovács",
    "Müller", "Bianchi", "Ionescu", "Nieminen", "Șerban", "Çela", "Dubois", "Petersen", "Horvat", "Garcia",
    "Bakker", "Walsh", "Nowak", "Weber", "Costa", "Lindgren", "Shehu",
)  # fmt: skip
LATIN_GIVEN = (
    "Anna", "Boris", "Clara", "David", "Elena", "Felix", "Greta", "Henrik", "Ioana", "Jonas", "Katrin", "Lukas",
    "Maria", "Nils", "Olga", "Paul", "Quentin", "Rosa", "Stefan", "Tereza", "Ulrik", "Vera", "Wanda", "Yannis",
    "Zoë", "André", "Béla", "Ștefania",
)  # fmt: skip
LATIN_KINDS = (
    "Workshop", "Furniture", "Garden", "Bakery", "Print", "Joinery", "Textiles", "Optics", "Glass", "Logistics",
    "Foods", "Tools", "Paper", "Ceramics", "Bikes", "Coffee", "Studio", "Marine",
)  # fmt: skip
CYRILLIC_SURNAMES = (
    "Иванов", "Смирнов", "Кузнецов", "Попов", "Соколов", "Лебедев", "Козлов", "Новиков", "Морозов", "Петров",
    "Волков", "Соловьёв", "Васильев", "Зайцев", "Павлов", "Семёнов", "Голубев", "Виноградов", "Богданов",
    "Воробьёв",
)  # fmt: skip
CYRILLIC_GIVEN = (
    "Артём", "Борис", "Виктор", "Глеб", "Дмитрий", "Егор", "Захар", "Игорь", "Кирилл", "Леонид", "Максим",
    "Никита", "Олег", "Пётр", "Роман", "Семён", "Тимур", "Фёдор", "Юрий", "Яков",
)  # fmt: skip
CYRILLIC_KINDS = (
    "Мебель", "Пекарня", "Мастерская", "Печать", "Стекло", "Оптика", "Ткани", "Сад", "Инструмент", "Бумага",
    "Велосипеды", "Кофе", "Студия", "Логистика", "Посуда", "Продукты", "Свет",
)  # fmt: skip
LATIN: tuple[tuple[str, ...], ...] = (LATIN_SURNAMES, LATIN_KINDS, LATIN_GIVEN)
CYRILLIC: tuple[tuple[str, ...], ...] = (CYRILLIC_SURNAMES, CYRILLIC_KINDS, CYRILLIC_GIVEN)
LATIN_CITIES = (
    "Berlin", "Chișinău", "Helsinki", "Tirana", "Lyon", "Porto", "Graz", "Malmö", "Gdańsk", "Cluj", "Turku",
    "Durrës",
)  # fmt: skip
CYRILLIC_CITIES = ("Москва", "Казань", "Самара", "Пермь", "Орёл", "Тверь", "Минск", "Алматы")
PRODUCTS = (
    "Chair", "Desk", "Lamp", "Shelf", "Paper", "Cable", "Monitor", "Printer", "Binder", "Stool", "Rug", "Vase",
    "Frame", "Clock", "Drill",
)  # fmt: skip
MATERIALS = ("oak", "birch", "steel", "glass", "linen", "cork", "brass", "felt", "slate", "walnut", "plain")
NOTES = ("", "", "", "call before delivery", "leave at the gate", "invoice by mail", "second floor", "fragile")
