"""What both teams share: people, companies, their timeline, personas, products."""
