"""Lists in which a word or a title beside the rows says what is posted, in the form of `fakes.system_shapes`."""

from fakes.system_shapes import SystemShape

SHAPES = (
    SystemShape(
        "Flags 0/1 DA",
        """\
Bilag;Bogført;Posteringsdato;Beløb;Valuta;Reference
1;1;05-02-2026;59,00;EUR;{1}
2;0;;239,90;EUR;{4}
""",
        posted={2: "1"},
        denied=(3,),
    ),
    SystemShape(
        "Emoji",
        """\
Voucher,Status,Reference,Amount
1,✅,{1},59.00
2,❌,{4},239.90
3,⏳,{5},1234.56
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Posted on date col",
        """\
Voucher,Posted,Reference,Amount
1,2026-02-05,{1},59.00
2,,{4},239.90
""",
        posted={2: "1"},
        denied=(3,),
    ),
    SystemShape(
        "Title status colon",
        """\
Rapport;Köpeverifikat
Status;Utkast
Ver nr;Datum;Belopp;Referens
A1;2026-02-05;59,00;{1}
""",
        denied=(4,),
    ),
    SystemShape(
        "Title posted yes",
        """\
Report: vouchers
Posted: Yes
Voucher;Date;Amount;Reference
A1;2026-02-05;59.00;{1}
""",
        posted={4: "A1"},
    ),
    SystemShape(
        "Partly",
        """\
Voucher;Status;Reference;Amount
A1;Partially posted;{1};59.00
A2;Posted with errors;{4};239.90
A3;Posted (reversed);{5};1234.56
A4;Posted;{6};999.00
""",
        posted={5: "A4"},
        denied=(2, 3, 4),
    ),
    SystemShape(
        "Deleted at",
        """\
voucher_no;reference;amount;deleted_at;deleted_by
A1;{1};59.00;;
A2;{4};239.90;2026-02-14 10:00:00;ann
""",
        posted={2: "A1"},
        denied=(3,),
    ),
    SystemShape(
        "Snake case api",
        """\
id,external_reference,entry_number,posted_at,amount,currency,state,error_message,voided_at
1,{1},E-1,2026-02-05T10:00:00Z,59.00,EUR,posted,,
2,{4},,,239.90,EUR,pending,,
3,{5},E-3,2026-02-05T10:00:00Z,1234.56,EUR,posted,,2026-02-06T10:00:00Z
4,{6},,,999.00,USD,failed,Account closed,
""",
        posted={2: "E-1"},
        denied=(3, 4),
    ),
    SystemShape(
        "Purchase orders",
        """\
Purchase orders
Number;Date;Reference;Amount
PO-1;2026-02-05;{1};59.00
""",
        denied=(3,),
    ),
    SystemShape(
        "Type order",
        """\
Number;Type;Date;Reference;Amount
PO-1;Purchase order;2026-02-05;{1};59.00
PI-1;Purchase invoice;2026-02-05;{4};239.90
""",
        posted={3: "PI-1"},
        denied=(2,),
    ),
    SystemShape(
        "Trash",
        """\
Papierkorb
Belegnummer;Datum;Referenz;Betrag
1;05.02.2026;{1};59,00
""",
        denied=(3,),
    ),
    SystemShape(
        "Duplicates",
        """\
Dubbletter
Ver;Datum;Referens;Belopp
1;2026-02-05;{1};59,00
""",
        denied=(3,),
    ),
    SystemShape(
        "Two amounts sides good",
        """\
Bilag;Dato;Konto;Tekst;Debet;Kredit;Valuta
12;05-02-2026;4600;{1};59,00;;EUR
12;05-02-2026;5820;{1};;59,00;EUR
13;12-02-2026;7000;{4};239,90;;EUR
13;12-02-2026;5820;{4};;239,90;EUR
""",
        posted={2: "12", 4: "13"},
    ),
    SystemShape(
        "Good PL",
        """\
Nr księgowy;Data księgowania;Opis;Kwota;Waluta
1/02;05.02.2026;{1} Hetzner;59,00;EUR
2/02;12.02.2026;{4} DB;-239,90;EUR
Razem;;;-180,90;EUR
""",
        posted={2: "1/02", 3: "2/02"},
    ),
    SystemShape(
        "Good IT",
        """\
Num. reg.;Data registrazione;Descrizione;Importo;Valuta
1;05/02/2026;{1} Hetzner;59,00;EUR
2;12/02/2026;{4} DB;239,90;EUR
""",
        posted={2: "1", 3: "2"},
    ),
    SystemShape(
        "Good ES",
        """\
Asiento;Fecha contable;Concepto;Debe;Haber;Moneda;Documento
1;05/02/2026;{1} Hetzner;59,00;0,00;EUR;D1
2;12/02/2026;{4} DB;239,90;0,00;EUR;D2
""",
        posted={2: "1", 3: "2"},
    ),
    SystemShape(
        "Good FR validated",
        """\
Journal;Date comptable;N° pièce;Référence;Libellé;Débit;Crédit;Validé le
ACH;05/02/2026;F1;{1};Hetzner;59,00;;28/02/2026
ACH;12/02/2026;F2;{4};DB;239,90;;28/02/2026
""",
        posted={2: "F1", 3: "F2"},
    ),
    SystemShape(
        "Good US",
        """\
Acme Inc.
General Ledger
January - February, 2026

Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance
02/04/2026,Bill,1501,Hetzner,{1},Accounts Payable,59.00,59.00
02/11/2026,Expense,1502,DB,{4},Visa,239.90,298.90
Total for Hosting,,,,,,298.90,
""",
        posted={6: "1501", 7: "1502"},
    ),
    SystemShape(
        "Good SE ledger by account",
        """\
Huvudbok 2026-02-01 - 2026-02-28
Konto;Ver;Bokföringsdatum;Text;Debet;Kredit;Saldo
6540 IT-tjänster;;;;;;
;A12;2026-02-05;{1} Hetzner;59,00;;59,00
;A13;2026-02-12;{4} DB;239,90;;298,90
Summa 6540;;;;298,90;;
""",
        posted={4: "A12", 5: "A13"},
    ),
    SystemShape(
        "Ledger with WIP account",
        """\
General ledger
Account;Voucher;Posting date;Text;Debit;Credit
1450 Work in progress;;;;;
;A12;2026-02-05;{1};59.00;
6540 IT;;;;;
;A13;2026-02-12;{4};239.90;
""",
        posted={4: "A12", 6: "A13"},
    ),
    SystemShape(
        "Supplier error GmbH",
        """\
Voucher;Posting date;Supplier;Reference;Amount
1;05/02/2026;Fehler & Söhne GmbH;{1};59.00
2;05/02/2026;Draft Beer Ltd;{4};239.90
3;05/02/2026;Blocked Drains Ltd;{5};1234.56
""",
        posted={2: "1", 3: "2", 4: "3"},
    ),
    SystemShape(
        "Description words",
        """\
Voucher;Posting date;Description;Reference;Amount
1;05/02/2026;Budget hotel Berlin;{1};59.00
2;05/02/2026;Recurring subscription;{4};239.90
3;05/02/2026;Work in progress lunch;{5};1234.56
4;05/02/2026;Train, seat blocked;{6};999.00
""",
        posted={2: "1", 3: "2", 4: "3", 5: "4"},
    ),
    SystemShape(
        "Unknown column words",
        """\
Voucher;Posting date;Project;Reference;Amount
1;05/02/2026;Budget 2026;{1};59.00
2;05/02/2026;Recurring;{4};239.90
3;05/02/2026;In progress;{5};1234.56
4;05/02/2026;Inbox;{6};999.00
""",
        posted={2: "1", 3: "2"},
    ),
    SystemShape(
        "Attached status per voucher NB",
        """\
Bilag;Bilagsdato;Bokføringsdato;Beløp;Valuta;Referanse;Godkjent;Bokført
100;04.02.2026;05.02.2026;59,00;EUR;{1};Ja;Ja
101;11.02.2026;;239,90;EUR;{4};Ja;Nei
102;12.02.2026;;1 234,56;EUR;{5};Nei;Nei
""",
        posted={2: "100"},
        denied=(3, 4),
    ),
    SystemShape(
        "FI boolean",
        """\
Tosite;Kirjattu;Summa;Viite;Peruttu
1;Kyllä;59,00;{1};Ei
2;Ei;239,90;{4};Ei
3;Kyllä;1234,56;{5};Kyllä
""",
        posted={2: "1"},
        denied=(3, 4),
    ),
    SystemShape(
        "NL boolean",
        """\
Boekstuk;Verwerkt;Bedrag;Kenmerk;Gestorneerd
1;Ja;59,00;{1};Nee
2;Nee;239,90;{4};Nee
3;Ja;1234,56;{5};Ja
""",
        denied=(3, 4),
    ),
    SystemShape(
        "Warn column",
        """\
Voucher;Reference;Amount;Warnings
1;{1};59.00;
2;{4};239.90;Period is closed
""",
        posted={2: "1"},
        denied=(3,),
    ),
    SystemShape(
        "Scheduled date",
        """\
Voucher;Reference;Amount;Scheduled for;Status
1;{1};59.00;;Posted
2;{4};239.90;2026-04-01;Scheduled
""",
        posted={2: "1"},
        denied=(3,),
    ),
    SystemShape(
        "Lock words",
        """\
Bilag;Reference;Beløb;Status
1;{1};59,00;Låst
2;{4};239,90;Spærret
""",
        denied=(3,),
    ),
    SystemShape(
        "Footer denial",
        """\
Voucher;Reference;Amount
1;{1};59.00

These entries have not been posted.
""",
        denied=(2,),
    ),
    SystemShape(
        "German WKZ status in brackets",
        """\
Belegnr;Status;Referenz;Betrag
1;Gebucht [storniert];{1};59,00
2;gebucht;{4};239,90
""",
        posted={3: "2"},
        denied=(2,),
    ),
    SystemShape(
        "Lexoffice",
        """\
Belegdatum;Belegnummer;Kontakt;Betrag;Währung;Status;Notiz
04.02.2026;B1;Hetzner;59,00;EUR;Bezahlt;{1}
11.02.2026;B2;DB;239,90;EUR;Unvollständig;{4}
12.02.2026;B3;M;1.234,56;EUR;Zu prüfen;{5}
""",
        denied=(3, 4),
    ),
    SystemShape(
        "BuchhaltungsButler",
        """\
Datum;Belegnummer;Buchungstext;Betrag;Soll;Haben;Festgeschrieben;Bestätigt
04.02.2026;1;{1};59,00;6815;1200;ja;ja
11.02.2026;2;{4};239,90;6670;1200;nein;nein
""",
        posted={2: "1"},
        denied=(3,),
    ),
    SystemShape(
        "MYOB unrecorded",
        """\
ID No.,Date,Memo,Debit,Credit,Status
1,04/02/2026,{1},59.00,,Recorded
2,11/02/2026,{4},239.90,,Unrecorded
""",
        denied=(3,),
    ),
    SystemShape(
        "Bokio",
        """\
Verifikation;Datum;Beskrivning;Konto;Debet;Kredit;Makulerar;Makulerad av
V1;2026-02-04;{1};6540;59,00;;;
V2;2026-02-11;{4};5810;239,90;;;V3
V3;2026-02-12;Makulering av V2;5810;;239,90;V2;
""",
        posted={2: "V1"},
        denied=(3,),
    ),
)
