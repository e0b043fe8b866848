-- The products of each deal; one of several counts once with each, by its lines.
LEFT JOIN (
    SELECT line.deal_id, line.product_id, SUM(line.quantity * line.price) AS worth,
        COUNT(*) OVER (PARTITION BY line.deal_id) AS of_products
    FROM deal_lines AS line
    GROUP BY line.deal_id, line.product_id
) AS sold_line ON sold_line.deal_id = deals.id
