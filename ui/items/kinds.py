"""Pleo's words for kinds of entries, of bookkeeping and of tax, as an accountant says them."""

from typing import Final

from app.messages import said_as

# What Pleo's reference lists; its strings are open.
_KINDS: Final = {
    "card_purchase": said_as("entry", "card purchase"),
    "card_invoice": said_as("entry", "card invoice"),
    "out_of_pocket": said_as("entry", "out of pocket"),
    "mileage": said_as("entry", "mileage"),
    "per_diem": said_as("entry", "per diem"),
    "external_reimbursement": said_as("entry", "external reimbursement"),
    "direct_reimbursement": said_as("entry", "direct reimbursement"),
    "invoice": said_as("entry", "invoice"),
    "invoice_payment": said_as("entry", "invoice payment"),
    "chargeback": said_as("entry", "chargeback"),
    "refund": said_as("entry", "refund"),
    "cashback": said_as("entry", "cashback"),
    "atm_withdrawal": said_as("entry", "atm withdrawal"),
    "wallet_topup": said_as("entry", "wallet topup"),
    "wallet_unload": said_as("entry", "wallet unload"),
    "personal_spend": said_as("entry", "personal spend"),
    "fee": said_as("entry", "fee"),
    "reimbursement_to_employee_refund": said_as("entry", "reimbursement to employee refund"),
    "reimbursement_to_company": said_as("entry", "reimbursement to company"),
    "reimbursement_to_employee": said_as("entry", "reimbursement to employee"),
    "invoice_payment_returned": said_as("entry", "invoice payment returned"),
    "invoice_payment_sent": said_as("entry", "invoice payment sent"),
    "interest": said_as("entry", "interest"),
    "none": said_as("bookkeeping", "none"),
    "journal": said_as("bookkeeping", "journal"),
    "accounts_payable": said_as("bookkeeping", "accounts payable"),
    "inclusive": said_as("tax", "inclusive"),
    "exclusive": said_as("tax", "exclusive"),
    "reverse": said_as("tax", "reverse"),
}


def kind_word(word: str) -> str:
    """One that is not listed stays as it came."""
    return _KINDS.get(word) or word.replace("_", " ")
