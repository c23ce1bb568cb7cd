"""Pleo's answers as plain JSON values, after the examples of its reference: every field there is, filled."""

from typing import Any

from fakes.builders import COMPANY_ID, JOB_ID, entry_id

Json = dict[str, Any]


def job_json(**changes: Any) -> Json:
    return {
        "id": JOB_ID,
        "companyId": COMPANY_ID,
        "status": "in_progress",
        "numberOfItems": 2,
        "isInteractive": True,
        "vendorBasedBookkeeping": False,
        "createdAt": "2026-03-02T08:15:30.123Z",
        "createdBy": "5d0f2f6e-3f6c-4a0e-9df1-0d4a4f3f9a11",
        "startedAt": "2026-03-02T08:16:00Z",
        "completedAt": None,
        "lastUpdatedAt": "2026-03-02T08:20:00Z",
        "expiresIn": 3600,
        "expiredAt": None,
        "failureReason": None,
        "failureReasonType": None,
    } | changes


def item_json(number: int = 1, **changes: Any) -> Json:
    return {
        "accountingEntryId": entry_id(number),
        "exportJobId": JOB_ID,
        "status": "failed",
        "exportedAt": "2026-03-02T08:18:00Z",
        "externalId": "A-1001",
        "externalUrl": "https://books.example/vouchers/A-1001",
        "failureReason": "Konto 4980 är inaktivt",
        "failureReasonType": "account_unknown",
    } | changes


def money_json(value: Any = 89696, currency: str = "SEK") -> Json:
    return {"currency": currency, "value": value}


def pair_json(value: Any = 89696, currency: str = "SEK") -> Json:
    return {"inSupplierCurrency": money_json(value, currency), "inWalletCurrency": money_json(value, currency)}


def account_json(code: str = "5800") -> Json:
    return {"id": f"00000000-0000-4000-9000-00000000{code}", "name": "Travel", "code": code, "identifier": None}


def export_item_json(number: int = 1, **changes: Any) -> Json:
    return {
        "_links": {"web": {"exportItem": "https://app.pleo.io/export/1"}, "mobile": {}, "api": {}},
        "accountingEntryId": entry_id(number),
        "companyId": COMPANY_ID,
        "date": "2026-02-28T22:59:59Z",
        "type": "card_purchase",
        "subType": "interest",
        "note": "Taxi till kund",
        "amount": pair_json(),
        "accountingEntryLines": [
            {
                "accountingEntryLineId": "00000000-0000-4000-a000-000000000001",
                "lineAmount": pair_json(),
                "netAmount": pair_json(71757),
                "account": account_json(),
                "tags": [{"id": "00000000-0000-4000-b000-000000000001", "code": "KST1", "groupCode": "KST"}, None],
                "tax": {
                    "id": "00000000-0000-4000-c000-000000000001",
                    "amount": pair_json(17939),
                    "rate": 0.25,
                    "type": "inclusive",
                    "code": "I25",
                    "ingoingTaxAccount": "2641",
                    "outgoingTaxAccount": "2611",
                },
            }
        ],
        "additionalInformation": {
            "reconciliationId": "4711",
            "attendees": ["Ada", None],
            "reconciledEntries": [None],
            "invoiceInformation": {
                "invoiceDate": "2026-02-27T00:00:00Z",
                "invoiceNumber": "INV-7",
                "status": "pending_approval",
                "dueDate": None,
                "paymentDate": "2026-03-30T00:00:00Z",
            },
        },
        "bookkeeping": {"method": "none"},
        "contraAccount": account_json("2890"),
        "files": [{"size": 48_213, "type": "application/pdf", "url": "https://files.example/1"}, None],
        "servicePeriod": {"from": "2026-02-01T00:00:00Z", "to": "2026-02-28T00:00:00Z"},
        "supplier": {
            "name": "GOOGLE*ADS8693645259",
            "code": None,
            "account": None,
            "categoryCode": "7311",
            "country": "IRL",
            "taxIdentifier": None,
        },
        "vendor": {
            "id": "00000000-0000-4000-d000-000000000001",
            "name": "Google Ireland",
            "code": "V-1",
            "externalId": "10023",
            "defaultCurrency": "EUR",
            "country": "IE",
            "registrationNumber": "368047",
            "taxRegistrationNumber": "IE6388047V",
        },
        "team": {"id": "00000000-0000-4000-e000-000000000001", "name": "Sales", "code": None},
        "user": {"id": "00000000-0000-4000-f000-000000000001", "name": "Åsa Öberg", "code": "17"},
    } | changes


def page_json(*rows: Json, after: str | None = None, total: int | None = None) -> Json:
    """A page of rows; `after` is the cursor of the next page, None for the last."""
    pagination: Json = {
        "currentRequestPagination": {"parameters": {}},
        "hasNextPage": after is not None,
        "hasPreviousPage": False,
    }
    if after is not None:
        pagination["endCursor"] = after
    if total is not None:
        pagination["total"] = total
    return {"data": list(rows), "pagination": pagination}
