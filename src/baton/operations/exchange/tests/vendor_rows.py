"""Rows as other systems export them, by file: invented people, real headers."""

_SALESFORCE_LEAD = {
    "Company": "Halden Foods",
    "Status": "Open",
    "IsConverted": "false",
    "IsDeleted": "0",
}

_SALESFORCE_WHEN = {"CreatedDate": "2025-01-03T08:00:00.000Z", "OwnerId": "005A"}

SALESFORCE = {
    "User": [
        {
            "Id": "005A",
            "Username": "mara@f.example",
            "Email": "mara@f.example",
            "Name": "Mara Lind",
            "ProfileId": "1",
        }
    ],
    "Lead": [
        {
            **_SALESFORCE_LEAD,
            **_SALESFORCE_WHEN,
            "Id": "00QA",
            "LastName": "Weil",
            "FirstName": "Jonas",
            "Email": "jonas@orbis.example",
            "ConvertedContactId": "",
            "ConvertedAccountId": "",
            "ConvertedDate": "",
            "HasOptedOutOfEmail": "1",
            "Rating": "Hot",
        },
        {
            **_SALESFORCE_LEAD,
            **_SALESFORCE_WHEN,
            "Id": "00QB",
            "LastName": "Fischer",
            "FirstName": "Lena",
            "Email": "lena@halden.example",
            "ConvertedContactId": "003A",
            "ConvertedAccountId": "001A",
            "ConvertedDate": "2025-02-01",
        },
        {
            **_SALESFORCE_LEAD,
            **_SALESFORCE_WHEN,
            "Id": "00QC",
            "LastName": "Gone",
            "IsDeleted": "true",
        },
    ],
    "Contact": [
        {
            **_SALESFORCE_WHEN,
            "Id": "003A",
            "AccountId": "001A",
            "LastName": "Fischer",
            "FirstName": "Lena",
            "Email": "lena@halden.example",
            "Title": "CEO",
            "MailingCity": "Halden",
        }
    ],
    "Account": [
        {
            "Id": "001A",
            "Name": "Halden",
            "BillingCity": "Halden",
            "NumberOfEmployees": "40",
            "Website": "www.halden.example",
        }
    ],
    "Opportunity": [
        {
            **_SALESFORCE_WHEN,
            "Id": "006A",
            "AccountId": "001A",
            "Name": "Ovens",
            "StageName": "Closed Won",
            "Amount": "900.5",
            "CloseDate": "2025-03-01",
            "ContactId": "003A",
        }
    ],
    "Task": [
        {
            **_SALESFORCE_WHEN,
            "Id": "00TA",
            "WhoId": "00QB",
            "WhatId": "006A",
            "Subject": "Ring",
            "ActivityDate": "2025-01-09",
            "Status": "Completed",
        }
    ],
}

ZOHO = {
    "Accounts": [
        {
            "Record Id": "z1",
            "Account Name": "Halden",
            "Website": "halden.example",
            "Account Owner.id": "zu",
            "Account Owner": "Mara Lind",
        }
    ],
    "Contacts": [
        {
            "Record Id": "z2",
            "First Name": "Lena",
            "Last Name": "Fischer",
            "Email": "lena@halden.example",
            "Account Name.id": "z1",
            "Contact Owner.id": "zu",
            "Contact Owner": "Mara Lind",
            "Tag": "VIP",
            "Email Opt Out": "true",
            "Shoe": "41",
            "Modified Time": "2025-03-01 10:00:00",
        }
    ],
    "Deals": [
        {
            "Record Id": "z3",
            "Deal Name": "Ovens",
            "Stage": "Closed Lost",
            "Amount": "5",
            "Closing Date": "2025-02-01",
            "Account Name.id": "z1",
            "Contact Name.id": "z2",
            "Reason For Loss": "Price",
            "Created Time": "2025-01-01 10:00:00",
        }
    ],
    "Notes": [
        {
            "Record Id": "z4",
            "Note Content": "Wants ovens",
            "Parent ID.id": "z3",
            "Created Time": "2025-01-01 10:00:00",
        }
    ],
    "Calls": [
        {
            "Record Id": "z5",
            "Call Type": "Outbound",
            "Contact Name.id": "z2",
            "Call Start Time": "2025-01-01 10:00:00",
            "Subject": "Hello",
            "Call Duration (in seconds)": "300",
        }
    ],
}
