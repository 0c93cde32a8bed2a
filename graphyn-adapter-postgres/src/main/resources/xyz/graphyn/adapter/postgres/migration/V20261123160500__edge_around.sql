-- A node's edges newest first, either way, however many it has. As in event_by_type, the condition that every row meets keeps
-- these for the questions that they were made for.
CREATE INDEX edge_out ON edge (organization_id, agent_id, from_node, edge_id) WHERE created_at > '-infinity';
CREATE INDEX edge_in ON edge (organization_id, agent_id, to_node, edge_id) WHERE created_at > '-infinity';
DROP INDEX edge_to;

-- Up to here, no edge has the version any more: as node_id says of nodes.
ALTER TABLE agent_rules ADD COLUMN edge_id uuid;
