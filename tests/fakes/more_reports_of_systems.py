"""Reports of systems, from Netvisor on, and of what lies beside them, in the form of `fakes.system_shapes`."""

from fakes.system_shapes import SystemShape

SHAPES = (
    SystemShape(
        "Netvisor päiväkirja",
        """\
Päiväkirja 1.2.2026 - 28.2.2026

Tosite;Päiväys;Tili;Selite;Debet;Kredit;Viite
MYL 1;4.2.2026;4000;Hetzner;59,00;;{1}
MYL 2;11.2.2026;4000;DB (peruttu);239,90;;{4}
""",
        posted={4: "MYL 1"},
        denied=(5,),
    ),
    SystemShape(
        "PowerOffice",
        """\
Bilagsnr.;Bilagsdato;Bokført dato;Type;Tekst;Beløp;Valuta;Referanse;Status
100;04.02.2026;05.02.2026;Inngående faktura;x;59,00;EUR;{1};Bokført
101;11.02.2026;;Inngående faktura;x;239,90;EUR;{4};Til attestering
102;12.02.2026;;Inngående faktura;x;1 234,56;EUR;{5};Sperret
""",
        posted={2: "100"},
        denied=(3, 4),
    ),
    SystemShape(
        "Tripletex hovedbok",
        """\
Hovedbok
Acme AS, 01.02.2026 - 28.02.2026
Konto;Bilagsnummer;Dato;Beskrivelse;Beløp;Valuta;Bilag referanse
6800 Kontorrekvisita;;;;;;
;12-2026;04.02.2026;Hetzner {1};59,00;EUR;
;13-2026;11.02.2026;Tilbakeføring av bilag 11 {4};239,90;EUR;
Sum;;;;298,90;;
""",
        posted={5: "12-2026"},
        denied=(6,),
    ),
    SystemShape(
        "Visma Business",
        """\
Bilagsnr;Bilagsdato;Valutadato;Bilagsart;Tekst;Debetkonto;Kreditkonto;Beløp;Valuta;Fakturanr
5001;20260204;20260204;20;Hetzner;6800;2400;59,00;EUR;{1}
5002;20260211;20260211;20;DB;7140;2400;239,90;EUR;{4}
""",
        posted={2: "5001", 3: "5002"},
    ),
    SystemShape(
        "Holded",
        """\
Fecha contable,Fecha documento,Num,Contacto,Concepto,Total,Moneda,Estado,Ref
05/02/2026,04/02/2026,F1,Hetzner,x,"59,00",EUR,Contabilizado,{1}
12/02/2026,11/02/2026,F2,DB,x,"239,90",EUR,Bloqueado,{4}
,12/02/2026,F3,M,x,"1.234,56",EUR,Borrador,{5}
""",
        posted={2: "F1"},
        denied=(3, 4),
    ),
    SystemShape(
        "Pennylane",
        """\
Date,Libellé pièce,Numéro de facture,Journal,Compte,Débit,Crédit,Devise,Statut,Date de comptabilisation
04/02/2026,Hetzner,{1},ACH,6135,"59,00",,EUR,Comptabilisée,05/02/2026
11/02/2026,DB,{4},ACH,6251,"239,90",,EUR,À valider,
12/02/2026,M,{5},ACH,6251,"1 234,56",,EUR,Validée,13/02/2026
""",
        denied=(3,),
    ),
    SystemShape(
        "Cegid",
        """\
Journal;Date;Pièce;Compte;Libellé;Réf. interne;Débit;Crédit;Devise;Type écriture
ACH;04/02/2026;1;61350000;Hetzner;{1};59,00;;EUR;Normal
ACH;11/02/2026;2;62510000;DB;{4};239,90;;EUR;Simulation
ACH;12/02/2026;3;62510000;M;{5};1234,56;;EUR;Extourne
""",
        posted={2: "1"},
        denied=(3, 4),
    ),
    SystemShape(
        "Zucchetti",
        """\
Prima nota
Data reg.;N. reg.;Causale;Descrizione;Dare;Avere;Divisa;Rif.;Stato
04/02/2026;12;FA;Hetzner;59,00;;EUR;{1};Contabilizzato
11/02/2026;13;FA;DB;239,90;;EUR;{4};Provvisorio
12/02/2026;14;FA;M;1.234,56;;EUR;{5};Sospeso
""",
        posted={3: "12"},
        denied=(4, 5),
    ),
    SystemShape(
        "Comarch",
        """\
Rejestr zakupów: bufor
Lp.;Numer dokumentu;Data księgowania;Opis;Kwota;Waluta
1;FZ/1;2026-02-04;{1};59,00;EUR
""",
        denied=(3,),
    ),
    SystemShape(
        "Insert Rewizor PL",
        """\
Nr dekretu;Data operacji;Data księgowania;Treść;Wn;Ma;Kwota;Waluta;Stan
1;2026-02-04;2026-02-05;{1};400;201;59,00;EUR;Zaksięgowany
2;2026-02-11;;{4};400;201;239,90;EUR;Zablokowany
3;2026-02-12;;{5};400;201;1234,56;EUR;Zadekretowany
""",
        denied=(3,),
    ),
    SystemShape(
        "DATEV GU",
        """\
"EXTF";700;21;"Buchungsstapel";12;20260228101500000;;"RE";"";"";1234;567;20260101;4;20260201;20260228;"Pleo";\
"";1;0;1;"EUR"
Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);\
BU-Schlüssel;Belegdatum;Belegfeld 1;Buchungstext;Generalumkehr (GU);Festschreibung
59,00;"S";"EUR";4980;70001;"";402;"{1}";"Hetzner";"";1
239,90;"S";"EUR";4980;70001;"";1102;"{4}";"DB";"G";1
1234,56;"S";"EUR";4980;70001;"29";1202;"{5}";"M";"";1
999,00;"S";"USD";4980;70001;"9";1302;"{6}";"AWS";"0";0
""",
        posted={3: ""},
        denied=(4, 5),
        everything_is_posted=True,
    ),
    SystemShape(
        "SAP FBL3N",
        """\
Dynamic List Display
|St|Assignment|DocumentNo|Type|Doc. Date|Pstng Date|Amount in DC|Curr.|Text|Reversal|
|✓|{1}|1900000001|KR|04.02.2026|05.02.2026|59,00|EUR|x||
|✓|{4}|1900000002|KR|11.02.2026|12.02.2026|239,90|EUR|x|X|
""",
        denied=(4,),
    ),
    SystemShape(
        "NetSuite error",
        """\
Internal ID,Document Number,Date,Memo,Amount,Currency,Status,Errors
1,BILL1,2/4/2026,{1},59.00,EUR,Posted,0
2,404,2/11/2026,{4},239.90,EUR,,1
""",
        posted={2: "BILL1"},
        denied=(3,),
    ),
    SystemShape(
        "No status 404",
        """\
External id,Voucher,Error
{1},JE-1,
{4},404,
{5},503,
""",
        posted={2: "JE-1"},
        denied=(3, 4),
    ),
    SystemShape(
        "Plain good DE",
        """\
Buchungsdatum;Belegnr.;Referenz;Betrag;Währung
05.02.2026;401;{1};59,00;EUR
12.02.2026;402;{4};239,90;EUR
13.02.2026;404;{5};1.234,56;EUR
""",
        posted={2: "401", 3: "402", 4: "404"},
    ),
    SystemShape(
        "Good FR FEC",
        """\
JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise
ACH|Achats|12|20260205|613500|Hosting|||{1}|20260204|Hetzner|59,00|0,00|||20260228|59,00|EUR
ACH|Achats|13|20260212|625100|Voyages|||{4}|20260211|DB|239,90|0,00||||239,90|EUR
""",
        posted={2: "12", 3: "13"},
    ),
    SystemShape(
        "Good NL",
        """\
Boekdatum;Boekstuk;Omschrijving;Bedrag;Valuta;Kenmerk
05-02-2026;26-12;Hetzner;€ 59,00;EUR;{1}
12-02-2026;26-13;DB;€ -239,90;EUR;{4}
""",
        posted={2: "26-12", 3: "26-13"},
    ),
    SystemShape(
        "Good FI",
        """\
Tositenro;Kirjauspäivä;Selite;Summa;Valuutta;Viite
1;5.2.2026;Hetzner;59,00;EUR;{1}
2;12.2.2026;DB;239,90;EUR;{4}
""",
        posted={2: "1", 3: "2"},
    ),
    SystemShape(
        "Groups",
        """\
Bilag;Dato;Tekst;Beløb;Valuta
Bogførte;;;;
12;05-02-2026;{1};59,00;EUR
Under behandling;;;;
13;05-02-2026;{4};239,90;EUR
Spærrede bilag;;;;
14;05-02-2026;{5};1234,56;EUR
Bogførte;;;;
15;05-02-2026;{6};999,00;USD
""",
        posted={3: "12", 9: "15"},
        denied=(5, 7),
    ),
    SystemShape(
        "Sage Spain",
        """\
Diario de asientos
Asiento;Fecha;Cuenta;Concepto;Debe;Haber;Documento;Bloqueado
1;05/02/2026;629;{1};59,00;;D1;No
2;12/02/2026;629;{4};239,90;;D2;Sí
""",
        posted={3: "1"},
        denied=(4,),
    ),
    SystemShape(
        "Memo status col DA",
        """\
Bilagsnr;Dato;Beskrivelse;Beløb;Valuta;Tilstand
12;05-02-2026;{1};59,00;EUR;Bogført
13;05-02-2026;{4};239,90;EUR;Afventer godkendelse
14;05-02-2026;{5};1234,56;EUR;Parkeret - mangler bilag
""",
        posted={2: "12"},
        denied=(3, 4),
    ),
    SystemShape(
        "Collective note",
        """\
Voucher;Posting date;Reference;Amount;Currency;Note
V1;05/02/2026;{1};59.00;EUR;
V2;05/02/2026;{4};239.90;EUR;do not post
V3;05/02/2026;{5};1234.56;EUR;still to be checked
V4;05/02/2026;{6};999.00;USD;posting blocked by period lock
""",
        posted={2: "V1"},
        denied=(3, 5),
    ),
)
