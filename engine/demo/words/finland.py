"""Finnish names, firms, addresses and what is noted about clients there."""

from __future__ import annotations

from engine.demo.words.country import Country, cities, listed

FINLAND = Country(
    code="FI",
    calling="+358",
    men=listed(
        "Aki, Antti, Ari, Eero, Esa, Hannu, Heikki, Henrik, Ilkka, Jaakko, Janne, Jari, Juha, Jukka, Kalle, Kari, "
        "Lauri, Markku, Matti, Mika, Mikko, Niko, Olli, Onni, Pekka, Petri, Raimo, Risto, Sakari, Sami, Seppo, "
        "Tapio, Teemu, Timo, Tuomas, Väinö, Ville, Yrjö"
    ),
    women=listed(
        "Aino, Anna, Anneli, Annika, Eeva, Elina, Emilia, Emmi, Hanna, Heidi, Helena, Helmi, Ilona, Inkeri, Jenni, "
        "Johanna, Kaarina, Kaisa, Katja, Kirsi, Laura, Leena, Liisa, Maija, Marja, Minna, Niina, Päivi, Pirjo, "
        "Riikka, Ritva, Saara, Sanna, Sari, Satu, Tiina, Tuula, Ulla"
    ),
    surnames=listed(
        "Aalto, Ahonen, Anttila, Hakala, Hämäläinen, Harju, Heikkilä, Heikkinen, Heinonen, Hiltunen, Huhtala, "
        "Jokinen, Järvinen, Kallio, Karjalainen, Karvonen, Kettunen, Kinnunen, Koivisto, Korhonen, Koskinen, "
        "Kärkkäinen, Laakso, Laine, Laitinen, Lehtonen, Leppänen, Lindholm, Mattila, Miettinen, Mikkola, Mustonen, "
        "Mäkelä, Mäkinen, Nieminen, Niemi, Ojala, Pitkänen, Rantanen, Räsänen, Saarinen, Salminen, Salo, "
        "Savolainen, Seppälä, Toivonen, Tuominen, Turunen, Väisänen, Virtanen"
    ),
    cities=cities(
        """
        Helsinki, 00##0, 9
        Espoo, 02##0, 9
        Vantaa, 01##0, 9
        Tampere, 33##0, 3
        Turku, 20##0, 2
        Oulu, 90##0, 8
        Jyväskylä, 40##0, 14
        Kuopio, 70##0, 17
        Lahti, 15##0, 3
        Pori, 28##0, 2
        Joensuu, 80##0, 13
        Lappeenranta, 53##0, 5
        Hämeenlinna, 13##0, 3
        Rovaniemi, 96##0, 16
        Vaasa, 65##0, 6
        Seinäjoki, 60##0, 6
        """
    ),
    streets=listed(
        "Asemakatu, Hämeenkatu, Itäkatu, Kauppakatu, Keskuskatu, Kirkkokatu, Koulukatu, Lehtotie, Mäkitie, "
        "Mannerheimintie, Metsätie, Myllytie, Puistokatu, Pihlajatie, Rantatie, Sahantie, Satamakatu, "
        "Teollisuustie, Torikatu, Työpajankatu, Uudenmaankatu, Valtakatu, Verstaskuja"
    ),
    address="{street} {house}\n{postcode} {city}",
    landline="4######",
    mobiles=listed("40#######, 41#######, 44#######, 45#######, 46#######, 50#######"),
    stems=listed(
        "Aallon, Etelä-Savon, Hämeen, Itärannan, Järvi-Suomen, Jokilaakson, Kainuun, Karjalan, Keski-Suomen, "
        "Koivulan, Kuusamon, Kymen, Lakeuden, Lapin, Länsirannikon, Mäntylän, Merenkurkun, Metsolan, Niemen, "
        "Ounasjoen, Päijänteen, Perämeren, Pirkan, Pohjolan, Rautaruukin, Saimaan, Salpausselän, Satakunnan, "
        "Tunturin, Uudenmaan, Vuoksen, Ylä-Savon, Ähtärin, Kotkan"
    ),
    trades=listed(
        "Huonekalu, Kaluste, Keittiö, Kiinteistöhuolto, Konepaja, Kuljetus, Lattia, Leipomo, Maalaus, Metalli, "
        "Pakkaus, Puutyö, Rakennus, Remontti, Saneeraus, Saha, Sisustus, Sähkö, Tarvike, Tukku, Veistämö, "
        "Venetarvike, Verhoomo, Vihersuunnittelu, Ikkuna, Valaisin, Piharakennus, Portaikko, Työkalu"
    ),
    firms=listed(
        "{stem} {trade} Oy, {stem} {trade} Oy, {stem} {trade} Ky, {surname} & Pojat Oy, {trade} {surname} Oy, "
        "{trade} {surname} Ky, Tmi {given} {surname}"
    ),
    positions=listed(
        "toimitusjohtaja, ostopäällikkö, talouspäällikkö, kirjanpitäjä, työnjohtaja, varastopäällikkö, "
        "projektipäällikkö, ostaja, toimistosihteeri, suunnittelija"
    ),
    remarks=(
        "Tavaran vastaanotto vain aamupäivisin.",
        "Laskut sähköisesti, viitteeksi työmaan numero.",
        "Noutaa tilaukset yleensä itse, soita kun lähetys on valmis.",
        "Ostaa eniten keväällä ennen rakennuskautta.",
        "Pyytää aina tarjouksen ennen isompaa tilausta.",
        "Käyttää mielellään kotimaista koivua.",
        "Lomalla koko heinäkuun.",
    ),
    talks=(
        "Sovittiin toimituksesta ensi viikolle.",
        "Pyysi tarjousta kolmesta kalusteryhmästä.",
        "Muistutettu avoimesta laskusta, maksaa perjantaina.",
        "Lähetettiin uusi hinnasto ja värikartta.",
        "Palaute hyvä, tilaa lisää samaa erää.",
        "Ei tavoitettu, yritetään huomenna uudelleen.",
        "Yksi paketti puuttui lähetyksestä, toimitetaan jälkikäteen.",
        "Käytiin läpi vuoden ostot ja sovittiin alennuksesta.",
    ),
)
