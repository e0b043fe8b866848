-- The rep of a step, see owners_of_steps.sql. Few have one when they leave the lead stage: there it
-- is the one they have now.
COALESCE(CASE step.rank
    WHEN 0 THEN grp
    WHEN 1 THEN lead_owner
    WHEN 2 THEN COALESCE(
        mql_owner, sal_owner, sql_owner, opportunity_owner, customer_owner, evangelist_owner)
    WHEN 3 THEN COALESCE(sal_owner, sql_owner, opportunity_owner, customer_owner, evangelist_owner)
    WHEN 4 THEN COALESCE(sql_owner, opportunity_owner, customer_owner, evangelist_owner)
    WHEN 5 THEN COALESCE(opportunity_owner, customer_owner, evangelist_owner)
    ELSE COALESCE(customer_owner, evangelist_owner)
END, '')
