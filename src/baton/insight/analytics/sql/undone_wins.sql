-- People of whom a deal was won and is not any more: reopened, lost after all, or in the trash.
SELECT deal.person_id
FROM deals_deal deal
JOIN deals_stageentry entry ON entry.deal_id = deal.id
JOIN deals_stage stage ON stage.id = entry.stage_id AND stage.kind = 'won'
WHERE deal.person_id IS NOT NULL AND (deal.state <> 'won' OR deal.deleted_at IS NOT NULL)
