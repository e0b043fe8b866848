"""What the company, a team or a rep wants to reach by when: target, pace by working days, and a
forecast that says how it is reckoned. No figure is typed that the system knows."""
