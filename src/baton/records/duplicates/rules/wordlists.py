"""Words of many languages by which headers, names and addresses are read."""


def words(text: str) -> list[str]:
    """One after the other."""
    return text.split()


def lines(text: str) -> dict[str, list[str]]:
    """By what stands before the colon the words behind it."""
    told = (line.partition(":") for line in text.splitlines() if line.strip())
    return {first.strip(): rest.split() for first, _, rest in told}


NOTHING = words(
    """
    - . ? n/a na nan nil none null unbekannt unknown
    """
)
TITLES = words(
    """
    dott dr fr frau herr hr ing jr miss mlle mme mr mrs ms prof sen sr sra srta
    """
)
FIRMS = words(
    """
    ab ag and aps as asa bv co company corp corporation et ev gmbh inc incorporated kg kk lda
    limited llc ltd ltda mbh nv ohg oy oyj plc pty pvt sa sarl sas spa srl the ug und
    """
)
WAYS = {
    short: whole
    for whole, shorts in lines(
        """
        st: street saint
        str: strasse
        rd: road
        ave: avenue av avenida
        blvd: boulevard
        dr: drive
        pl: place platz
        ct: court
        cres: crescent
        cct: circuit
        ln: lane
        hwy: highway
        pde: parade
        tce: terrace
        sq: square
        cl: close
        n: north
        s: south
        e: east
        w: west
        apt: apartment
        c: calle
        r: rua
        ste: suite
        bldg: building
        fl: floor
        """
    ).items()
    for short in shorts
}
MONTHS = {
    name: int(number)
    for number, names in lines(
        """
        1: jan ene gen
        2: feb
        3: mar mrz
        4: apr avr abr
        5: may mai maj mag
        6: jun giu
        7: jul lug
        8: aug aou ago
        9: sep set
        10: oct okt out
        11: nov
        12: dec dez dic
        """
    ).items()
    for name in names
}
SOUNDS = [
    (sign, heard[0] if heard else "")
    for sign, heard in lines(
        """
        sch: s
        tsch: s
        ch: k
        ck: k
        ph: f
        th: t
        gh: g
        wr: r
        kn: n
        qu: k
        sh: s
        x: ks
        c: k
        z: s
        v: f
        w: f
        d: t
        b: p
        g: k
        q: k
        j: i
        y: i
        h:
        """
    ).items()
]
# Of headers: a star stands for any letters, an underscore for a blank that may be missing.
# Here what says how a record is dealt with, and not whom it is of.
BOOKKEEPING = words(
    """
    created* creation* create_date updated* modified* changed* last_activity last_contact*
    last_seen last_login last_visit last_touch* signup* registered* owner* lifecycle* stage*
    lead_status status* source* score* tags* note* comment* subscribed opt_in opt_out consent*
    angelegt* erstellt* geandert* notiz* bemerkung* quelle* besitzer* statut etapa estado_lead
    """
)
HEADERS = lines(
    """
    mail: e_mail mail courriel correo e_post epost メール* 電子メール 邮箱 电子邮件 почта
    phone: phone tel telefon* telephone telefono mobile mobil cell* handy fax celular movil
    phone.1: 電話* 携帯* 电话* 手机* телефон*
    name.1: full_name whole_name nome_completo nombre_completo nom_complet nome_e_cognome
    name.2: nombre_y_apellidos nom_et_prenom prenom_et_nom vor_und_nachname volledige_naam
    name.3: imie_i_nazwisko jmeno_a_prijmeni fullt_navn 氏名 お名前 名前 姓名 фио
    date_of_birth: dob birth* born geb* geboren naiss* nacim* nasc* nascita fodt fodsels* fodelse*
    date_of_birth.1: data_urodzenia datum_narozeni szulet* dogum* syntyma* дата_рождения
    date_of_birth.2: data_de_nascimento data_di_nascita 生年月日 誕生日 出生日期 生日
    house_number: street_no street_number street_nr street_num street_nummer street_numero house_no
    house_number.1: house_number house_nr house_num house_nummer house_numero haus_no haus_number
    house_number.2: haus_nr haus_num haus_nummer haus_numero hus_no hus_number hus_nr hus_num
    house_number.3: hus_nummer hus_numero str_no str_number str_nr str_num str_nummer str_numero
    house_number.4: straat_no straat_number straat_nr straat_num straat_nummer straat_numero
    house_number.5: building_no building_number building_nr building_num building_nummer
    house_number.6: building_numero huisnummer
    postcode: zip* post_code postal* postcode plz postleitzahl code_postal cp cep cap postnr
    postcode.1: postnummer codigo_postal pincode kod_pocztowy psc iranyito* postinumero posta_kodu
    postcode.2: 郵便番号 邮编 邮政编码 индекс
    id: ssn soc*_sec* social national_id nin nino passport tax* vat cpf dni nie nif cnpj
    id.1: personnummer licen?e member* customer_no customer_number customer_id insurance
    id.2: medicare nhs patient student bsn steuer* svnr id_card identity siret siren
    company: company organi?ation org firma firm employer business entreprise societe empresa
    company.1: azienda bedrijf account foretag unternehmen firma spolecnost ceg yritys sirket
    company.2: 会社* 勤務先 公司* компания организация
    given_name: given* first* forename vorname prenom nombre fname fornavn fornamn voornaam nome
    given_name.1: gname first_name middle* primeiro imie jmeno ime keresztnev etunimi prenume
    given_name.2: 名 имя
    surname: surname last* family* nachname familienname nom apellido* lname cognome sobrenome
    surname.1: etternavn efternamn achternaam familyname lastname zuname nazwisko prijmeni prezime
    surname.2: vezeteknev sukunimi soyad* nume 姓 姓氏 苗字 фамилия
    street: street address* addr* strasse str rue calle rua via adresse direccion endereco
    street.1: indirizzo straat gate gata adres road line_1 line_2 anschrift
    street.2: ulica ulice utca katu sokak 住所 地址 адрес улица
    place: suburb city town place ort stadt ville ciudad cidade citta plaats locality
    place.1: localidad* poblacion municip* village wohnort by stad comune commune
    place.2: miasto mesto varos miejscowosc kaupunki sehir oras 市区町村 城市 город
    region: state region province county bundesland land country departement provincia estado
    region.1: canton district pais pays 都道府県 省 область
    text: job* role* position* function* title* titel* beruf* funktion* poste cargo puesto ruolo
    text.1: department* abteilung* industry branche seniority gender geschlecht sex anrede
    name: name full_name person contact who nombre_completo naam namn navn
    """
)
