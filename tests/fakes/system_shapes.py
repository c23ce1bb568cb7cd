"""Lists in the columns and the words of accounting systems, as their exports and reports name them: most hold a posting
that stands and others that something denies. The ids in braces are those of `fakes.bookkeeping.EXPENSES`."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SystemShape:
    """`posted` are the numbers of rows and of their entries, `denied` rows that must not be taken for posted. What
    stands in neither may be asked about."""

    name: str
    text: str
    posted: dict[int, str] = field(default_factory=dict)
    denied: tuple[int, ...] = ()
    everything_is_posted: bool = False


SHAPES = (
    SystemShape(
        "DATEV",
        """\
"EXTF";700;21;"Buchungsstapel";12;20261127101500000;;"RE";"";"";1234;567;"Pleo";"";1;0;1;"EUR"
Umsatz;Soll/Haben;WKZ Umsatz;Konto;Gegenkonto;Belegdatum;Belegfeld 1;Belegfeld 2;Text;Generalumkehr;Festschreibung
59,00;"S";"EUR";4980;70001;402;"{1}";"";"LinkedIn";;1
239,90;"S";"EUR";4980;70001;1102;"{4}";"";"DB";"1";1
""",
        denied=(4,),
        everything_is_posted=True,
    ),
    SystemShape(
        "Lexware",
        """\
Belegdatum;Belegnummer;Buchungstext;Buchungsbetrag;Währung;Sollkonto;Habenkonto;Steuerschlüssel;Stapelstatus
04.02.2026;ER-1;LinkedIn {1};59,00;EUR;4600;1600;9;Journal
11.02.2026;ER-2;Bahn {4};239,90;EUR;4600;1600;9;Stapel
12.02.2026;;Lieferando {5};1234,56;EUR;4600;1600;9;Stapel
""",
        denied=(3, 4),
    ),
    SystemShape(
        "sevDesk",
        """\
Belegnr.;Belegdatum;Lieferant;Status;Brutto;Währung;Beschreibung;Festgeschrieben
B-1;04.02.2026;LinkedIn;Bezahlt;59,00;EUR;{1};Ja
B-2;11.02.2026;Bahn;Entwurf;239,90;EUR;{4};Nein
""",
        denied=(3,),
    ),
    SystemShape(
        "e-conomic",
        """\
Bilagsnr.;Dato;Type;Konto;Kontonavn;Tekst;Beløb;Valuta;Beløb i DKK
101;04-02-2026;Finansbilag;4600;Annoncer;Pleo {1};59,00;EUR;1304,06
102;11-02-2026;Finansbilag;4600;Rejser;Pleo {4};239,90;EUR;447,36
102;12-02-2026;Finansbilag;4600;Rejser;Tilbageført: Pleo {4};-239,90;EUR;-447,36
""",
        posted={2: "101"},
        denied=(3, 4),
    ),
    SystemShape(
        "Dinero",
        """\
Konto;Kontonavn;Dato;Bilag nr.;Bilagstype;Tekst;Momstype;Beløb;Saldo
2200;Annoncer;2026-02-04;Udgift 12;Køb;{1} LinkedIn;I25;59,00;59,00
2200;Rejser;2026-02-11;Kladde;Køb;{4} DB;I25;239,90;234,90
""",
        posted={2: "Udgift 12"},
        denied=(3,),
    ),
    SystemShape(
        "Billy",
        """\
Dato,Bilagsnr.,Beskrivelse,Konto,Beløb,Valuta,Status
2026-02-04,#1012,{1},Annoncer,"59,00",EUR,Godkendt
2026-02-11,#1013,{4},Rejser,"239,90",EUR,Kladde
""",
        denied=(3,),
    ),
    SystemShape(
        "Uniconta",
        """\
Dato;Bilag;Tekst;Konto;Beløb;Valuta;Reference;Kladdenummer;Slettet;Tilbageført
04-02-2026;2001;LinkedIn;4600;59,00;EUR;{1};12;;
11-02-2026;2002;DB;4600;239,90;EUR;{4};12;;1
12-02-2026;2003;Lieferando;4600;1234,56;EUR;{5};12;True;
""",
        posted={2: "2001"},
        denied=(3, 4),
    ),
    SystemShape(
        "Business Central, German",
        """\
Buchungsdatum;Belegart;Belegnr.;Externe Belegnummer;Beschreibung;Betrag;Währungscode;Storniert;Storniert von Lfd. Nr.
04.02.2026;Rechnung;PI-1;{1};LinkedIn;59,00;EUR;Nein;0
11.02.2026;Rechnung;PI-2;{4};DB;239,90;EUR;Ja;5003
""",
        posted={2: "PI-1"},
        denied=(3,),
    ),
    SystemShape(
        "Business Central, Danish",
        """\
Bogføringsdato;Bilagstype;Bilagsnr.;Eksternt bilagsnr.;Beskrivelse;Beløb;Valutakode;Tilbageført;Tilbageført af løbenr.
04-02-2026;Faktura;PI-1;{1};LinkedIn;59,00;EUR;Nej;0
11-02-2026;Faktura;PI-2;{4};DB;239,90;EUR;Ja;5003
""",
        posted={2: "PI-1"},
        denied=(3,),
    ),
    SystemShape(
        "Fortnox",
        """\
Serie;Verifikationsnummer;Bokföringsdatum;Verifikationstext;Konto;Debet;Kredit;Valuta;Makulerad;Rättad av;Status
A;101;2026-02-04;{1} LinkedIn;5910;59,00;;EUR;Nej;;Bokförd
A;102;2026-02-11;{4} DB;5800;239,90;;EUR;Ja;;Bokförd
A;103;2026-02-12;{5} Lieferando;5800;1234,56;;EUR;Nej;A104;Bokförd
A;104;2026-02-13;{6};5800;999,00;;EUR;Nej;;Obokförd
""",
        posted={2: "101"},
        denied=(3, 4, 5),
    ),
    SystemShape(
        "Visma",
        """\
Vernr	Datum	Text	Belopp	Valuta	Ref	Preliminär
V1	04.02.2026	x	59,00	EUR	{1}	Nej
V2	11.02.2026	x	239,90	EUR	{4}	Ja
""",
        posted={2: "V1"},
        denied=(3,),
    ),
    SystemShape(
        "Björn Lundén",
        """\
Verifikat;Datum;Text;Belopp;Händelse
A 12;2026-02-04;{1};59,00;Bokförd
A 13;2026-02-11;{4};239,90;Makulerad
""",
        posted={2: "A 12"},
        denied=(3,),
    ),
    SystemShape(
        "Tripletex",
        """\
Bilagsnummer;Dato;Beskrivelse;Beløp;Valuta;Ekstern referanse;Reversert;Reversert av bilag
1-2026;04.02.2026;x;59,00;EUR;{1};;
2-2026;11.02.2026;x;239,90;EUR;{4};;5-2026
""",
        posted={2: "1-2026"},
        denied=(3,),
    ),
    SystemShape(
        "PowerOffice",
        """\
Bilagsnr;Bilagsdato;Bilagstype;Tekst;Beløp;Valutakode;Bilagsstatus;Reference
100;04.02.2026;Inngående faktura;x;59,00;EUR;Bokført;{1}
101;11.02.2026;Inngående faktura;x;239,90;EUR;Til godkjenning;{4}
102;12.02.2026;Inngående faktura;x;1234,56;EUR;Avvist;{5}
""",
        posted={2: "100"},
        denied=(3, 4),
    ),
    SystemShape(
        "Exact",
        """\
Dagboek;Boekstuknummer;Datum;Omschrijving;Bedrag;Valuta;Uw ref.;Status
60 Inkoop;26700001;04-02-2026;LinkedIn;59,00;EUR;{1};Verwerkt
60 Inkoop;26700002;11-02-2026;DB;239,90;EUR;{4};Open
60 Inkoop;26700003;12-02-2026;Lief;1234,56;EUR;{5};Concept
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Twinfield",
        """\
Dagboek;Boekstuknr.;Boekdatum;Factuurnummer;Bedrag;Valuta;Status
INK;202600012;04-02-2026;{1};59,00;EUR;Definitief
INK;202600013;11-02-2026;{4};239,90;EUR;Voorlopig
""",
        denied=(3,),
    ),
    SystemShape(
        "SnelStart",
        """\
Datum;Boekstuk;Omschrijving;Grootboek;Debet;Credit;Factuurnummer
04-02-2026;12;x;4500;59,00;;{1}
11-02-2026;13;Correctieboeking boekstuk 12;4500;239,90;;{4}
""",
        denied=(3,),
    ),
    SystemShape(
        "Sage, French",
        """\
Code journal;Date;N° pièce;Référence;Libellé;Débit;Crédit;Devise;Statut
ACH;04/02/2026;F001;{1};LINKEDIN;59,00;;EUR;Validée
ACH;11/02/2026;F002;{4};DB;239,90;;EUR;Brouillard
ACH;12/02/2026;F003;{5};EXTOURNE F001;1234,56;;EUR;Validée
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Pennylane",
        """\
Date;Journal;Numéro de pièce;Référence;Libellé;Débit;Crédit;Devise;Lettrage;Brouillon
04/02/2026;ACH;P1;{1};x;59,00;;EUR;;non
11/02/2026;ACH;P2;{4};x;239,90;;EUR;;oui
""",
        posted={2: "P1"},
        denied=(3,),
    ),
    SystemShape(
        "A3",
        """\
Fecha;Asiento;Documento;Concepto;Debe;Haber;Referencia;Anulado
04/02/2026;1;D1;x;59,00;;{1};N
11/02/2026;2;D2;x;239,90;;{4};S
""",
        posted={2: "1"},
        denied=(3,),
    ),
    SystemShape(
        "Holded",
        """\
Fecha;Núm.;Proveedor;Descripción;Total;Estado;Referencia
04/02/2026;F260001;LinkedIn;x;59,00;Contabilizado;{1}
11/02/2026;F260002;DB;x;239,90;Borrador;{4}
12/02/2026;F260003;Lief;x;1234,56;Pendiente;{5}
""",
        posted={2: "F260001"},
        denied=(3, 4),
    ),
    SystemShape(
        "Netvisor",
        """\
Tositenumero;Tositepäivä;Tositelaji;Selite;Summa;Viite;Tila
5001;04.02.2026;OL;x;59,00;{1};Kirjattu
5002;11.02.2026;OL;x;239,90;{4};Mitätöity
5003;12.02.2026;OL;x;1234,56;{5};Hyväksyttävänä
""",
        posted={2: "5001"},
        denied=(3, 4),
    ),
    SystemShape(
        "Procountor",
        """\
Kuitin numero;Kirjauspäivä;Laskun tila;Selite;Summa;Laskun viite
901;04.02.2026;Kirjattu;{1};59,00;12
902;11.02.2026;Keskeneräinen;{4};239,90;13
903;12.02.2026;Hylätty;{5};1234,56;14
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Comarch",
        """\
Numer dokumentu;Data księgowania;Opis;Kwota;Waluta;Numer obcy;Bufor;Anulowany
FZ/1/2026;2026-02-04;x;59,00;EUR;{1};Nie;Nie
FZ/2/2026;2026-02-11;x;239,90;EUR;{4};Tak;Nie
FZ/3/2026;2026-02-12;x;1234,56;EUR;{5};Nie;Tak
""",
        posted={2: "FZ/1/2026"},
        denied=(3, 4),
    ),
    SystemShape(
        "Fatture in Cloud",
        """\
Data;Numero protocollo;Fornitore;Descrizione;Importo;Stato;Riferimento
04/02/2026;12;LinkedIn;x;59,00;Registrata;{1}
11/02/2026;13;DB;x;239,90;Da registrare;{4}
12/02/2026;14;L;x;1234,56;Scartata;{5}
""",
        posted={2: "12"},
        denied=(3, 4),
    ),
    SystemShape(
        "Xero",
        """\
Account Transactions
ACME
,,
Date,Source,Description,Reference,Debit,Credit,Journal ID,Status
4 Feb 2026,Payable Invoice,x,{1},59.00,,1001,AUTHORISED
11 Feb 2026,Payable Invoice,x,{4},239.90,,1002,VOIDED
12 Feb 2026,Payable Invoice,x,{5},1234.56,,1003,DELETED
13 Feb 2026,Payable Invoice,x,{6},999.00,,1004,DRAFT
""",
        denied=(6, 7, 8),
    ),
    SystemShape(
        "QuickBooks Online",
        """\
Date,Transaction Type,Num,Posting,Name,Memo/Description,Amount
02/04/2026,Bill,1501,Yes,LinkedIn,{1},59.00
02/11/2026,Bill,1502,No,DB,{4},239.90
02/12/2026,Bill,1503,Yes,L,Voided - {5},0.00
02/13/2026,Bill (Voided),1504,Yes,M,{6},999.00
""",
        posted={2: "1501"},
        denied=(3, 4, 5),
    ),
    SystemShape(
        "NetSuite",
        """\
Internal ID,Document Number,Date,Posting,Status,Voided,Memo,Amount
991,BILL1,02/04/2026,Yes,Open,No,{1},59.00
992,BILL2,02/11/2026,No,Pending Approval,No,{4},239.90
993,BILL3,02/12/2026,Yes,Paid In Full,Yes,{5},1234.56
""",
        denied=(3, 4),
    ),
    SystemShape(
        "SAP, German",
        """\
Belegnummer;Belegart;Buchungsdatum;Referenz;Betrag in Hauswährung;Hauswährung;Stornobeleg;Stornogrund;Belegstatus
1900000001;KR;04.02.2026;{1};59,00;EUR;;;
1900000002;KR;11.02.2026;{4};239,90;EUR;1900000009;01;
1900000003;KR;12.02.2026;{5};1234,56;EUR;;;V
""",
        denied=(3, 4),
    ),
    SystemShape(
        "SAP",
        """\
Document Number,Document Type,Posting Date,Reference,Amount in local currency,Currency,Reversed with,Document Status
1900000001,KR,04.02.2026,{1},"59,00",EUR,,
1900000002,KR,11.02.2026,{4},"239,90",EUR,1900000009,
1900000003,KR,12.02.2026,{5},"1234,56",EUR,,Parked
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Odoo",
        """\
Number,Date,Reference,Total,Currency,Status,Payment State
BILL/2026/11/0001,2026-02-04,{1},59.00,EUR,Posted,Not Paid
/,2026-02-11,{4},239.90,EUR,Draft,Not Paid
BILL/2026/11/0003,2026-02-12,{5},1234.56,EUR,Posted,Reversed
""",
        posted={2: "BILL/2026/11/0001"},
        denied=(3, 4),
    ),
    SystemShape(
        "ERPNext",
        """\
Posting Date,Voucher No,Against Voucher,Remarks,Debit,Credit,Is Cancelled,Is Opening
2026-02-04,PINV-1,,{1},59.00,0.00,0,No
2026-02-11,PINV-2,,{4},239.90,0.00,1,No
""",
        posted={2: "PINV-1"},
        denied=(3,),
    ),
    SystemShape(
        "QuickBooks Desktop",
        """\
Type,Num,Date,Name,Memo,Cleared,Amount
Bill,12,02/14/2026,LI,{1},,59.00
Bill,13,02/11/2026,DB,VOID: {4},,0.00
""",
        posted={2: "12"},
        denied=(3,),
    ),
    SystemShape(
        "Sage 50",
        """\
No,Type,Account,Date,Ref,Details,Net,Tax,Paid,Deleted
1001,PI,LIN,04/02/2026,{1},x,59.00,0,N,
1002,PI,DB,11/02/2026,{4},Deleted - see tran 1009,239.90,0,N,D
""",
        denied=(3,),
    ),
    SystemShape(
        "MYOB",
        """\
Journal No,Date,Memo,Debit,Credit,Reversing,Recurring
GJ1,04/02/2026,{1},59.00,,N,N
GJ2,11/02/2026,{4},239.90,,Y,N
""",
        posted={2: "GJ1"},
        denied=(3,),
    ),
    SystemShape(
        "Collmex",
        """\
Buchungsnr;Belegdatum;Referenz;Betrag;Währung;Vorläufig;Storno
1;04.02.2026;{1};59,00;EUR;0;
2;11.02.2026;{4};239,90;EUR;1;
3;12.02.2026;{5};1234,56;EUR;0;J
""",
        posted={2: "1"},
        denied=(3, 4),
    ),
)
