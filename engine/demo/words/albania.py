"""Albanian names, firms, addresses and what is noted about clients there."""

from __future__ import annotations

from engine.demo.words.country import Country, cities, listed

ALBANIA = Country(
    code="AL",
    calling="+355",
    men=listed(
        "Agim, Agron, Alban, Altin, Arben, Ardit, Artan, Bashkim, Besnik, Bledar, Dritan, Edmond, Elton, Endrit, "
        "Ermal, Fatos, Fatmir, Gëzim, Genc, Gent, Ilir, Kreshnik, Luan, Mentor, Petrit, Sokol, Skënder, Shpëtim, "
        "Valon, Ylli"
    ),
    women=listed(
        "Adelina, Afërdita, Albana, Alketa, Anila, Arjana, Besa, Blerina, Diellza, Drita, Elira, Enkeleda, Ermira, "
        "Flutura, Gentiana, Ilda, Jonida, Klea, Lindita, Luljeta, Majlinda, Mimoza, Mirela, Rovena, Shpresa, "
        "Teuta, Valbona, Vjollca, Yllka, Zana"
    ),
    surnames=listed(
        "Agolli, Aliaj, Basha, Beqiri, Berisha, Bushati, Çela, Cenaj, Çuni, Dervishi, Dhimitri, Dibra, Duka, "
        "Elezi, Fejzo, Frashëri, Gashi, Gjoka, Gjoni, Hasani, Hoxha, Hysa, Kastrati, Kola, Krasniqi, Kurti, Leka, "
        "Lleshi, Marku, Meksi, Mërtiri, Murati, Ndreca, Peçi, Prifti, Qosja, Rama, Shehu, Shkurti, Spahiu, Topi, "
        "Toska, Veliu, Xhafa, Zeneli, Zogu"
    ),
    cities=cities(
        """
        Tiranë, 1###, 42
        Durrës, 2###, 52
        Shkodër, 4###, 22
        Vlorë, 9###, 33
        Elbasan, 3###, 54
        Korçë, 7###, 82
        Fier, 9###, 34
        Berat, 5###, 32
        Gjirokastër, 6###, 84
        Lushnjë, 9###, 35
        """
    ),
    streets=listed(
        "Rruga e Durrësit, Rruga e Kavajës, Rruga e Elbasanit, Rruga Myslym Shyri, Rruga Sami Frashëri, "
        "Rruga Ismail Qemali, Rruga e Dibrës, Bulevardi Dëshmorët e Kombit, Bulevardi Zogu I, Rruga Naim Frashëri, "
        "Rruga Skënderbeu, Rruga e Portit, Rruga e Pishave, Rruga Çajupi"
    ),
    address="{street}, nr. {house}\n{postcode} {city}",
    landline="2#####",
    mobiles=listed("672######, 673######, 682######, 683######, 692######, 693######, 697######"),
    stems=listed(
        "Adria, Alb, Arbëria, Bora, Butrint, Dajti, Drini, Egnatia, Epiri, Iliria, Jon, Kalaja, Korabi, Liria, "
        "Llogara, Mali, Osumi, Rozafa, Shkëmbi, Skënderbeu, Tomorri, Ura, Valbona, Vjosa, Zana"
    ),
    trades=listed(
        "Ambalazhe, Dekor, Dizajn, Dru, Druri, Elektrik, Grup, Import, Instalime, Interier, Konstruksion, "
        "Logjistik, Mobilje, Ndërtim, Ngjyra, Parket, Shërbime, Tregti, Vegla, Dyer"
    ),
    firms=listed(
        "{stem} {trade} shpk, {stem} {trade} shpk, {stem}-{trade} sha, {surname} {trade} shpk, {surname} & Bijtë shpk"
    ),
    positions=listed(
        "drejtor, administratore, ekonomist, kontabilist, përgjegjës blerjesh, përgjegjës magazine, inxhinier, "
        "sekretare"
    ),
    remarks=(
        "Kërkon faturë me dy kopje.",
        "Merr mallin vetë në magazinë.",
        "Paguan me transfertë brenda 15 ditëve.",
        "Porosit më shumë para sezonit turistik.",
        "Telefononi pas orës dhjetë.",
    ),
    talks=(
        "U ra dakord për dorëzimin javën tjetër.",
        "Kërkoi ofertë për tavolina dhe rafte.",
        "Iu kujtua fatura e papaguar, do të paguajë të hënën.",
        "I kënaqur me porosinë e fundit.",
        "Nuk u përgjigj, do të provojmë sërish nesër.",
        "Dërguam listën e çmimeve dhe mostrat.",
    ),
)
