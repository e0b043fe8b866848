-- Each reached step under the group that the report asks for, inside the period of an event report.
-- An inferred step has no fact of its own: its owner is that of the next step that has one.
next_exact AS (
    SELECT reached.*,
        MIN(CASE WHEN is_inferred = 0 THEN rank END) OVER (
            PARTITION BY person_id ORDER BY rank DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS owner_rank
    FROM reached
),
owned AS (
    SELECT next_exact.*, exact.exact_owner_id AS owner_id
    FROM next_exact
    LEFT JOIN reached exact
        ON exact.person_id = next_exact.person_id AND exact.rank = next_exact.owner_rank
),
grouped AS (
    SELECT owned.person_id, owned.step, owned.rank, owned.at, owned.is_inferred, :group AS grp
    FROM owned
    JOIN cohort ON cohort.id = owned.person_id
    WHERE (:event_from IS NULL OR owned.at >= :event_from)
        AND (:event_to IS NULL OR owned.at < :event_to)
)
