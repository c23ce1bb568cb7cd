"""Reports of accounting systems, from Fortnox to Procountor, in the form of `fakes.system_shapes`."""

from fakes.system_shapes import SystemShape

SHAPES = (
    SystemShape(
        "Fortnox leverantörsfakturor",
        """\
Leverantörsfakturor;;;;;;;;
Nordisk Handel AB;;;;;;;;

Löpnr;Fakturanr;Leverantörsnr;Leverantörsnamn;Fakturadatum;Total;Valuta;Bokförd;Makulerad;Kreditfaktura
101;{1};12;Hetzner;2026-02-04;59,00;EUR;Ja;Nej;
102;{4};13;DB;2026-02-11;239,90;EUR;Nej;Nej;
103;{5};14;Müller;2026-02-12;1 234,56;EUR;Ja;Ja;
104;{6};14;AWS;2026-02-13;999,00;USD;Ja;Nej;
""",
        posted={5: "", 8: ""},
        denied=(6, 7),
    ),
    SystemShape(
        "Visma eEkonomi verifikationer",
        """\
Verifikationsnummer;Verifikationsdatum;Beskrivning;Status;Belopp;Valuta;Skapad av;Korrigerad av
A1;2026-02-04;{1} Hetzner;Bokförd;59,00;EUR;Anna;
A2;2026-02-11;{4} DB;Utkast;239,90;EUR;Anna;
A3;2026-02-12;{5} Müller;Bokförd;1234,56;EUR;Anna;A9
""",
        posted={2: "A1"},
        denied=(3, 4),
    ),
    SystemShape(
        "E-conomic kassekladde export",
        """\
Kassekladde: Udlæg februar
Linje;Bilagsnr.;Dato;Tekst;Konto;Modkonto;Beløb;Valuta
1;12;04-02-2026;{1} Hetzner;4600;5820;59,00;EUR
2;13;11-02-2026;{4} DB;4600;5820;239,90;EUR
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Dinero posteringer",
        """\
Konto;Kontonavn;Dato;Bilag;Bilagstype;Tekst;Momstype;Beløb;Saldo
2750;Rejser;2026-02-04;12;Udgift;Pleo {1};I25;59,00;59,00
2750;Rejser;2026-02-11;13;Udgift;Pleo {4};I25;239,90;298,90
55000;Bank;2026-02-11;13;Udgift;Pleo {4};;-239,90;-298,90
2750;Rejser;2026-02-12;14;Tilbageført;Pleo {5};I25;1234,56;1533,46
""",
        posted={2: "12", 3: "13"},
        denied=(5,),
    ),
    SystemShape(
        "Billy regninger",
        """\
Nr.;Leverandør;Fakturadato;Forfaldsdato;Beløb;Valuta;Status;Reference
1;Hetzner;04.02.2026;14.02.2026;59,00;EUR;Bogført;{1}
2;DB;11.02.2026;21.02.2026;239,90;EUR;Kladde;{4}
3;Müller;12.02.2026;22.02.2026;1.234,56;EUR;Annulleret;{5}
""",
        posted={2: ""},
        denied=(3, 4),
    ),
    SystemShape(
        "Uniconta finanspostering",
        """\
Dato	Bilag	Finanskonto	Kontonavn	Tekst	Reference	Beløb	Valuta	Journalløbenummer	Oprettet af
04/02/2026	2001	4600	Hosting	Hetzner	{1}	59,00	EUR	55	ak
11/02/2026	2002	4600	Rejser	DB	{4}	239,90	EUR	55	ak
""",
        posted={2: "2001", 3: "2002"},
    ),
    SystemShape(
        "Uniconta kladdelinjer",
        """\
Kladdelinjer - Udlæg
Dato;Bilag;Tekst;Reference;Beløb;Valuta
04/02/2026;2001;Hetzner;{1};59,00;EUR
""",
        denied=(3,),
    ),
    SystemShape(
        "BC EN general ledger",
        """\
Posting Date,Document Type,Document No.,External Document No.,G/L Account No.,Description,Gen. Posting Type,\
Amount,Currency Code,Bal. Account Type,Entry No.,Reversed,Reversed by Entry No.
2/4/2026,Invoice,PI-1,{1},6100,Hetzner,Purchase,59.00,EUR,G/L Account,1201,false,0
2/11/2026,Invoice,PI-2,{4},6100,DB,Purchase,239.90,EUR,G/L Account,1202,true,1209
""",
        posted={2: "PI-1"},
        denied=(3,),
    ),
    SystemShape(
        "BC recurring",
        """\
Recurring General Journals
Posting Date,Document No.,External Document No.,Description,Amount,Currency Code,Recurring Method,Recurring Frequency
2/4/2026,R-1,{1},Hetzner,59.00,EUR,F Fixed,1M
""",
        denied=(3,),
    ),
    SystemShape(
        "BC DA kladde",
        """\
Kladdenavn;Bogføringsdato;Bilagstype;Bilagsnr.;Eksternt bilagsnr.;Kontonr.;Beskrivelse;Beløb;Valutakode
UDLÆG;04-02-2026;;G1;{1};4600;Hetzner;59,00;EUR
""",
    ),
    SystemShape(
        "NAV DE Sachposten",
        """\
Sachposten
Buchungsdatum;Belegart;Belegnr.;Externe Belegnr.;Sachkontonr.;Beschreibung;Betrag;Währungscode;Storniert;\
Storniert durch Lfd. Nr.;Lfd. Nr.
04.02.26;Rechnung;ER-1;{1};4600;Hetzner;59,00;EUR;Nein;0;1
11.02.26;Rechnung;ER-2;{4};4600;DB;239,90;EUR;Ja;7;2
""",
        posted={3: "ER-1"},
        denied=(4,),
    ),
    SystemShape(
        "NAV FIBU Buch.-Blatt",
        """\
Fibu Buch.-Blatt PLEO
Buchungsdatum;Belegnr.;Externe Belegnr.;Beschreibung;Betrag;Währungscode
04.02.26;G-1;{1};Hetzner;59,00;EUR
""",
        denied=(3,),
    ),
    SystemShape(
        "Xero bills",
        """\
ContactName,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,Currency,Type,Sent,Status
Hetzner,B-1,{1},04/02/2026,14/02/2026,59.00,EUR,Bill,,Awaiting Payment
DB,B-2,{4},11/02/2026,21/02/2026,239.90,EUR,Bill,,Draft
Mueller,B-3,{5},12/02/2026,22/02/2026,1234.56,EUR,Bill,,Awaiting Approval
AWS,B-4,{6},13/02/2026,23/02/2026,999.00,USD,Bill,,Voided
SAS,B-5,{0},03/02/2026,23/02/2026,1204.00,SEK,Bill,,Paid
""",
        denied=(3, 4, 5),
    ),
    SystemShape(
        "Xero repeating",
        """\
Repeating Bills
Contact,Reference,Next Bill Date,Total,Currency,Number
Hetzner,{1},04/02/2026,59.00,EUR,RB-1
""",
        denied=(3,),
    ),
    SystemShape(
        "QBO bills",
        """\
Date,Num,Vendor,Memo,Amount,Balance,Status
02/04/2026,1501,Hetzner,{1},"59.00","0.00",Paid
02/11/2026,1502,DB,{4},239.90,239.90,Open
02/12/2026,1503,M,{5},0.00,0.00,Voided
""",
        denied=(4,),
    ),
    SystemShape(
        "QBO recurring",
        """\
Acme
Recurring Template List
Type,Name,Memo,Amount,Num
Bill,Hetzner,{1},59.00,1
""",
        denied=(4,),
    ),
    SystemShape(
        "Sage 50 UK audit trail",
        """\
No,Type,A/C,N/C,Date,Ref,Ex.Ref,Details,Net,Tax,T/C,Paid,Bank,V,B
1001,PI,HET,7500,04/02/2026,{1},,Hetzner,59.00,0.00,T1,N,,N,
1002,PI,DB,7400,11/02/2026,{4},,Deleted,239.90,0.00,T1,N,,N,
""",
        denied=(3,),
    ),
    SystemShape(
        "Exact journaalposten",
        """\
Dagboek;Periode;Boekstuknr.;Datum;Omschrijving;Uw ref.;Bedrag;Valuta;Status;Aangemaakt door
70;2;26700012;04-02-2026;Hetzner;{1};59,00;EUR;Geboekt;jj
70;2;26700013;11-02-2026;DB;{4};239,90;EUR;Geblokkeerd;jj
70;2;26700014;12-02-2026;M;{5};1.234,56;EUR;Te verwerken;jj
""",
        posted={2: "26700012"},
        denied=(3, 4),
    ),
    SystemShape(
        "Twinfield browse",
        """\
Kantoor: 1001 Acme
Dagboek	Boekst.nr.	Boekdatum	Fact.nr.	Omschrijving	Bedrag	Val	Status
INK	202600012	04-02-2026	{1}	Hetzner	59,00	EUR	Definitief
INK	202600013	11-02-2026	{4}	DB	239,90	EUR	Voorlopig
""",
        denied=(4,),
    ),
    SystemShape(
        "Odoo lines",
        """\
"Date","Journal Entry","Journal","Partner","Reference","Label","Debit","Credit","Currency","Status"
"2026-02-04","BILL/2026/02/0001","Vendor Bills","Hetzner","{1}","x","59.00","0.00","EUR","Posted"
"2026-02-11","BILL/2026/02/0002","Vendor Bills","DB","{4}","x","239.90","0.00","EUR","Draft"
"2026-02-12","Draft Bill (* 17)","Vendor Bills","M","{5}","x","1234.56","0.00","EUR","Cancelled"
""",
        posted={2: "BILL/2026/02/0001"},
        denied=(3, 4),
    ),
    SystemShape(
        "ERPNext GL",
        """\
Posting Date,Account,Debit,Credit,Voucher Type,Voucher No,Against,Remarks,Supplier Invoice No,Is Cancelled,\
Transaction Currency
2026-02-04,Hosting,59.00,0.00,Purchase Invoice,ACC-PINV-2026-00001,Hetzner,No Remarks,{1},0,EUR
2026-02-11,Travel,239.90,0.00,Purchase Invoice,ACC-PINV-2026-00002,DB,On cancellation of ACC-PINV,{4},1,EUR
""",
        posted={2: "ACC-PINV-2026-00001"},
        denied=(3,),
    ),
    SystemShape(
        "Lexware buchhalter Journal",
        """\
Journal;;;;;;;;
Belegdat.;Buchungsdat.;Belegnummernkreis;Belegnr.;Buchungstext;Soll;Haben;Betrag;Währung;Zusatzangaben
04.02.2026;05.02.2026;ER;12;{1} Hetzner;4806;70001;59,00;EUR;
11.02.2026;12.02.2026;ER;13;Storno {4};4806;70001;239,90;EUR;
""",
        posted={3: "12"},
        denied=(4,),
    ),
    SystemShape(
        "Sevdesk",
        """\
Belegnummer;Status;Lieferant;Belegdatum;Betrag Brutto;Währung;Beschreibung;Erstellt am
B-1;Verbucht;Hetzner;04.02.2026;59,00;EUR;{1};05.02.2026
B-2;Entwurf;DB;11.02.2026;239,90;EUR;{4};05.02.2026
B-3;Fällig;M;12.02.2026;1.234,56;EUR;{5};05.02.2026
""",
        posted={2: "B-1"},
        denied=(3,),
    ),
    SystemShape(
        "Procountor",
        """\
Tositenumero;Tositelaji;Kirjauspvm;Tositteen pvm;Kumppani;Kuvaus;Summa;Valuutta;Tila;Viitenumero
10;Ostolasku;5.2.2026;4.2.2026;Hetzner;x;59,00;EUR;Hyväksytty;{1}
11;Ostolasku;12.2.2026;11.2.2026;DB;x;239,90;EUR;Keskeneräinen;{4}
12;Ostolasku;12.2.2026;12.2.2026;M;x;1 234,56;EUR;Mitätöity;{5}
13;Ostolasku;13.2.2026;13.2.2026;AWS;x;999,00;USD;Kirjattu;{6}
""",
        posted={5: "13"},
        denied=(3, 4),
    ),
)
