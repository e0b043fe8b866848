"""What the company is: its name, zone, working week, currency, and the brands it shows."""
