"""British names, firms, addresses and what is noted about clients there.

Telephones come from the ranges that the British regulator keeps free for drama, so none of them rings anywhere.
"""

from __future__ import annotations

from engine.demo.words.country import Country, cities, listed

BRITAIN = Country(
    code="GB",
    calling="+44",
    men=listed(
        "Aidan, Alan, Andrew, Arthur, Barry, Ben, Callum, Charles, Colin, Daniel, David, Derek, Edward, Ewan, "
        "Frank, Gareth, Geoffrey, Graham, Harry, Hugh, Ian, Jack, James, Keith, Kenneth, Leonard, Malcolm, Martin, "
        "Neil, Nigel, Oliver, Patrick, Peter, Raymond, Robert, Simon, Stuart, Thomas, Trevor, William"
    ),
    women=listed(
        "Alice, Amelia, Beatrice, Bridget, Catherine, Charlotte, Claire, Daphne, Deborah, Eleanor, Elizabeth, "
        "Emma, Fiona, Florence, Gemma, Grace, Harriet, Hazel, Helen, Imogen, Isobel, Jane, Joanna, Karen, Lucy, "
        "Margaret, Megan, Moira, Nicola, Olivia, Pauline, Rachel, Rosemary, Sarah, Sheila, Sophie, Susan, Tamsin, "
        "Victoria, Winifred"
    ),
    surnames=listed(
        "Abbott, Ainsworth, Appleby, Ashworth, Barlow, Bennett, Blackwood, Bradshaw, Brennan, Carrington, "
        "Chadwick, Clarke, Collins, Crawford, Dalton, Dawson, Ellison, Fairfax, Fletcher, Forsyth, Gallagher, "
        "Garside, Grant, Hargreaves, Harrington, Hawthorne, Holloway, Hughes, Ingram, Jarvis, Kendrick, Langley, "
        "Lockwood, MacLeod, Marsden, Mercer, Nash, Newell, O'Connor, Pemberton, Prescott, Radcliffe, Ramsay, "
        "Sinclair, Stanton, Thornton, Underwood, Wainwright, Whitaker, Yardley"
    ),
    cities=cities(
        """
        London, SE# #@@, 207946
        Leeds, LS# #@@, 113496
        Sheffield, S# #@@, 114496
        Leicester, LE# #@@, 116496
        Bristol, BS# #@@, 117496
        Reading, RG# #@@, 118496
        Birmingham, B# #@@, 121496
        Edinburgh, EH# #@@, 131496
        Glasgow, G# #@@, 141496
        Liverpool, L# #@@, 151496
        Manchester, M# #@@, 161496
        Newcastle, NE# #@@, 191498
        """
    ),
    streets=listed(
        "Abbey Road, Beech Grove, Bridge Street, Canal Street, Castle Street, Chapel Lane, Church Street, "
        "Dock Road, Foundry Lane, George Street, High Street, Hope Street, King Street, London Road, Market Place, "
        "Mill Lane, New Road, Orchard Way, Park Avenue, Queen's Road, Sawmill Yard, Station Road, Victoria Street, "
        "Wharf Lane"
    ),
    address="{house} {street}\n{city} {postcode}",
    landline="0###",
    mobiles=(),
    stems=listed(
        "Albion, Amber, Anchor, Ashfield, Bluebell, Brookside, Castle, Cedar, Clearwater, Copper Lane, Crown, "
        "Eastgate, Elm Tree, Fairview, Greenacre, Harbour, Hillcrest, Kingfisher, Lakeland, Linden, Meadow, "
        "Northgate, Oak House, Old Mill, Orchard, Pennine, Redwood, Riverside, Rowan, Silver Birch, Southbank, "
        "Thistle, Westfield, Willow"
    ),
    trades=listed(
        "Builders, Cabinets, Carpentry, Catering, Coffee Roasters, Construction, Decorators, Design, Doors, "
        "Electrical, Fittings, Flooring, Furniture, Garden Centre, Hardware, Interiors, Joinery, Kitchens, "
        "Lighting, Logistics, Packaging, Paints, Property Services, Refurbishment, Supplies, Timber, Tools, "
        "Trading, Upholstery, Workshops"
    ),
    firms=listed(
        "{stem} {trade} Ltd, {stem} {trade} Ltd, {stem} {trade}, {surname} {trade} Ltd, {surname} & Sons, "
        "{surname} & Daughters Ltd"
    ),
    positions=listed(
        "managing director, buyer, head of purchasing, accountant, bookkeeper, site manager, warehouse manager, "
        "office manager, project manager, engineer"
    ),
    remarks=(
        "Wants invoices by the end of the month.",
        "Deliveries to the yard behind the shop, before noon.",
        "Buys little but often; ask about a standing order.",
        "Recommended us to two neighbours on the estate.",
        "Prefers e-mail to calls.",
        "Checks every line of the invoice, keep item numbers on it.",
        "Café next door signs for parcels.",
    ),
    talks=(
        "Agreed delivery for next week.",
        "Asked for a quote on shelving and lamps.",
        "Reminded about the open invoice, will pay on Friday.",
        "Happy with the last order, wants the same again.",
        "Sent the new price list and colour samples.",
        "No answer, try again tomorrow.",
        "One box arrived damaged, replacement goes with the next van.",
        "Introduced the new range of workwear.",
        "Decision put off until the budget is signed.",
    ),
)
