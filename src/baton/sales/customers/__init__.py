"""After the win: a customer is handed over with a brief and clocks, onboarded, asked, renewed; and
how well they are, with the reasons in words."""
