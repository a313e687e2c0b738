"""Romanian names, firms, addresses and what is noted about clients there."""

from __future__ import annotations

from engine.demo.words.country import Country, cities, listed

ROMANIA = Country(
    code="RO",
    calling="+40",
    men=listed(
        "Adrian, Alexandru, Andrei, Bogdan, Cătălin, Ciprian, Constantin, Cosmin, Cristian, Dan, Daniel, Dragoș, "
        "Emil, Florin, Gabriel, George, Ilie, Ioan, Ionuț, Iulian, Liviu, Lucian, Marian, Marius, Mihai, Mircea, "
        "Nicolae, Octavian, Ovidiu, Paul, Petru, Radu, Răzvan, Sorin, Ștefan, Traian, Valentin, Vasile, Victor, "
        "Vlad"
    ),
    women=listed(
        "Adriana, Alexandra, Alina, Ana, Anca, Andreea, Bianca, Camelia, Carmen, Cătălina, Corina, Crina, "
        "Cristina, Daniela, Diana, Doina, Elena, Florentina, Gabriela, Georgiana, Ileana, Ioana, Irina, Laura, "
        "Lavinia, Luminița, Magdalena, Maria, Mihaela, Mirela, Monica, Oana, Raluca, Roxana, Simona, Sorina, "
        "Ștefania, Teodora, Valentina, Viorica"
    ),
    surnames=listed(
        "Albu, Anghel, Avram, Bălan, Barbu, Bucur, Călinescu, Ciobanu, Constantinescu, Cozma, Crăciun, Cristea, "
        "Diaconu, Dinu, Dobre, Dragomir, Dumitrescu, Enache, Filip, Florea, Georgescu, Ghiță, Grigore, Iancu, "
        "Ilieș, Ionescu, Lazăr, Lungu, Lupu, Manea, Marin, Matei, Mihăilescu, Moldovan, Munteanu, Neagu, Nistor, "
        "Olteanu, Oprea, Pană, Petrescu, Popa, Popescu, Radu, Rusu, Șerban, Stănescu, Ștefănescu, Stoica, Toma, "
        "Țurcanu, Ungureanu, Văduva, Vlad, Zamfir"
    ),
    cities=cities(
        """
        București, 0#####, 21#
        Cluj-Napoca, 40####, 264
        Timișoara, 30####, 256
        Iași, 70####, 232
        Brașov, 50####, 268
        Constanța, 90####, 241
        Craiova, 20####, 251
        Galați, 80####, 236
        Oradea, 41####, 259
        Sibiu, 55####, 269
        Pitești, 11####, 248
        Târgu Mureș, 54####, 265
        Suceava, 72####, 230
        Bistrița, 42####, 263
        """
    ),
    streets=listed(
        "Str. Libertății, Str. Florilor, Str. Fabricii, Str. Unirii, Str. Mihai Eminescu, Str. Avram Iancu, "
        "Str. Gării, Str. Morii, Str. Pădurii, Str. Teilor, Str. Școlii, Str. Lungă, Str. Câmpului, "
        "Str. Stejarului, Bd. Independenței, Bd. Decebal, Calea Victoriei, Calea Moților, Aleea Trandafirilor, "
        "Piața Mare"
    ),
    address="{street} nr. {house}\n{postcode} {city}",
    landline="3#####",
    mobiles=listed("722######, 723######, 733######, 744######, 745######, 755######, 766######"),
    stems=listed(
        "Alfa, Ardeal, Balcanic, Bistrița, Bucovina, Carpați, Cerna, Cetatea, Dacia, Dunărea, Euro, Expert, Flora, "
        "Getica, Horizont, Luceafărul, Maramureș, Mureș, Nord, Olt, Paltin, Prahova, Rustic, Siret, Someș, "
        "Stejarul, Șoimul, Tâmplarul, Tisa, Transilvania, Unirea, Zimbru"
    ),
    trades=listed(
        "Ambalaje, Amenajări, Comerț, Construct, Decorațiuni, Design, Distribuție, Electric, Forest, Grup, Instal, "
        "Interior, Lemn, Logistic, Mobilă, Montaj, Pardoseli, Prest, Proiect, Serv, Tâmplărie, Trade, Unelte, "
        "Vopsele, Ferestre"
    ),
    firms=listed(
        "{stem} {trade} SRL, {stem} {trade} SRL, {stem} {trade} SA, {surname} {trade} SRL, "
        "SC {surname} și Fiii SRL, {surname} {given} PFA"
    ),
    positions=listed(
        "director general, administrator, contabil, contabil-șef, șef achiziții, șef de depozit, inginer, "
        "asistentă manager, șef de șantier, director comercial"
    ),
    remarks=(
        "Cere factura înainte de livrare.",
        "Livrări numai marțea și joia.",
        "Plătește prin ordin de plată la 30 de zile.",
        "Preferă să comande prin telefon, nu prin e-mail.",
        "Depozitul se află în spatele fabricii, intrare din Str. Gării.",
        "Își anunță comenzile mari cu o lună înainte.",
    ),
    talks=(
        "Am stabilit livrarea pentru săptămâna viitoare.",
        "Cere ofertă pentru rafturi și mese de lucru.",
        "I-am amintit de factura restantă, plătește luni.",
        "Mulțumit de ultima comandă, vrea aceeași cantitate.",
        "A primit mostrele, hotărăște după ședință.",
        "Nu răspunde, revenim mâine dimineață.",
        "Am discutat despre reducere la comenzi de peste zece bucăți.",
    ),
)
