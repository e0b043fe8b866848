-- Whether a sealed row was not undone since: what was kept of an undone batch, or came later.
sealed.undone_by IS NULL
    OR sealed.undone_by NOT IN (SELECT batch FROM undone_batches)
    OR sealed.event_id IN (SELECT event_id FROM :kept)
