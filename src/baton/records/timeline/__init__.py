"""What happened with whom: facts, notes, calls, meetings, mails, tasks."""
