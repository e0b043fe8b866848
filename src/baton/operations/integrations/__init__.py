"""What other programs are told: webhooks, signed by the Standard Webhooks, tried again, and read
back attempt by attempt."""
