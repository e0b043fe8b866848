"""Short forms of given names, of several languages."""

from baton.records.duplicates.rules.wordlists import lines

# Several names may have one short form: two names are alike that share one.
NICKNAMES: dict[str, set[str]] = {}
for whole, shorts in lines(
    """
    abigail: abby gail
    agnieszka: aga
    aleksandra: ola sasha alex
    aleksander: olek sasha alex
    alexander: alex al sasha sandy xander lex
    alexandra: alex sandra sasha lexi
    alfred: al alf fred
    amanda: mandy
    andrew: andy drew
    andreas: andi andy
    anna: ann anne annie anya nina
    anthony: tony
    antonio: toni tonio
    arthur: art artie
    barbara: barb babs basia
    benjamin: ben benny benji
    bernhard: bernd berni
    bradley: brad
    caroline: carrie caro
    catherine: cathy kate katie cat
    charles: charlie chuck chas
    charlotte: charlie lotte lottie
    christian: chris
    christina: chris tina chrissy
    christine: chris tina chrissy
    christopher: chris topher kit
    cynthia: cindy
    daniel: dan danny
    david: dave davy
    deborah: deb debbie debby
    dmitri: dima mitya
    dolores: lola
    donald: don donny
    dorothy: dot dottie dolly
    douglas: doug
    edward: ed eddie ted teddy ned
    eduardo: edu lalo
    eleanor: ellie nell nora
    elizabeth: liz beth betty lisa eliza lizzie libby elsie
    elisabeth: lisa elli sissi liesl
    emily: em emmy
    ernest: ernie
    eugene: gene
    evgeny: zhenya
    ferdinand: ferdi
    francis: frank fran
    francisco: paco pancho fran
    francesca: franca
    francesco: franco
    franziska: franzi
    frederick: fred freddy rick
    friedrich: fritz
    gabriel: gabe
    gabriele: gabi
    gerald: gerry jerry
    gerhard: gerd
    giovanni: gianni vanni
    giuseppe: beppe peppe
    gregory: greg
    guillermo: memo
    harold: hal harry
    heinrich: heinz heiner
    helen: nell nellie
    henry: hank harry hal
    ignacio: nacho
    isabella: bella izzy isa
    jacob: jake
    jacqueline: jackie
    james: jim jimmy jamie
    janet: jan
    jeffrey: jeff
    jennifer: jen jenny jenn
    jeremy: jerry
    jessica: jess jessie
    joachim: jochen achim
    johannes: hans jan hannes
    john: jack johnny jon
    jonathan: jon jonny nathan
    jose: pepe
    joseph: joe joey
    josef: sepp jupp
    joshua: josh
    juliana: jule
    karl: kalle
    katarzyna: kasia
    katharina: kathi katja
    katherine: kate kathy katie kat kitty
    kenneth: ken kenny
    kimberly: kim
    larissa: lara
    lawrence: larry
    leonard: leo len lenny
    louis: lou louie
    lucia: lucy
    ludwig: lutz
    malgorzata: gosia
    manuel: manolo manny
    margaret: maggie peggy meg marge margie greta rita
    maria: mia mary masha
    martin: marty
    matthew: matt
    matthias: matze
    maximilian: max
    megan: meg
    melissa: mel missy
    michael: mike mick mikey micha
    mikhail: misha
    mohammed: mo
    natalia: natasha
    nathan: nate
    nathaniel: nate nat
    nicholas: nick nicky
    nikolaus: klaus niko
    olivia: liv livvy
    pamela: pam
    patricia: pat patty trish tricia
    patrick: pat paddy rick
    peter: pete
    philip: phil pip
    rachel: rae
    raymond: ray
    rebecca: becky becca
    richard: dick rick rich ricky richie
    robert: bob rob bobby robbie bert
    ronald: ron ronnie
    roberto: beto
    samantha: sam sammy
    samuel: sam sammy
    sandra: sandy
    sebastian: basti seb
    sergei: seryozha
    stanislaw: staszek
    stanley: stan
    stefan: steffen
    stephanie: steph steffi
    stephen: steve stevie
    steven: steve stevie
    susan: sue suzy susie
    theodore: ted teddy theo
    theresa: terry tess
    therese: resi
    thomas: tom tommy
    timothy: tim timmy
    ulrich: uli
    ursula: uschi
    valerie: val
    victor: vic
    victoria: vicky tori
    vincent: vince vinny
    vladimir: vova volodya
    walter: walt wally
    wilhelm: willi
    william: bill will billy liam willy
    wolfgang: wolf
    yevgeny: zhenya
    zachary: zach zack
    """
).items():
    NICKNAMES.setdefault(whole, set()).add(whole)
    for short in shorts:
        NICKNAMES.setdefault(short, {short}).add(whole)
