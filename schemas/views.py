"""Views that analysts want on top of the tables, for DuckDB."""

from typing import NamedTuple


class View(NamedTuple):
    """A named query over the tables."""

    name: str
    doc: str
    sql: str


# Who is who in a dyad: the linked entity, else the country and sector, else the words themselves.
_ACTOR = "coalesce({p}.name, nullif(concat_ws(' ', {p}.country, {p}.sector), ''), {p}.text)"

EVENTS_CLUSTERED = View(
    "events_clustered",
    "One row a happening: the mention with the best evidence (asserted before not, most "
    "participants first) stands for those that tell the same, with the number of mentions and of "
    "articles.",
    """SELECT clusters.cluster_id,
       count(*) OVER cluster AS mentions,
       count(DISTINCT events.doc_id) OVER cluster AS articles,
       min(events.event_date_first) OVER cluster AS earliest_day,
       max(events.event_date_last) OVER cluster AS latest_day,
       events.*
FROM events JOIN clusters USING (event_id, batch_id)
WINDOW cluster AS (PARTITION BY clusters.batch_id, clusters.cluster_id)
QUALIFY row_number() OVER (
  PARTITION BY clusters.batch_id, clusters.cluster_id
  ORDER BY events.is_asserted DESC, len(events.actors) + len(events.recipients) DESC,
           events.event_id) = 1""",
)
EVENTS_DYADS = View(
    "events_dyads",
    "One row an actor and recipient of an event (null where an event has none), as conflict "
    "researchers load it.",
    f"""SELECT events.event_id, events.doc_id, events.published_on,
       events.event_date_first, events.event_date_last,
       {_ACTOR.format(p="actor")} AS actor, actor.text AS actor_text,
       actor.entity_id AS actor_id,
       actor.country AS actor_country, actor.sector AS actor_sector,
       events.event_type, events.event_mode, events.cameo_root, events.quad_class,
       {_ACTOR.format(p="recipient")} AS recipient, recipient.text AS recipient_text,
       recipient.entity_id AS recipient_id,
       recipient.country AS recipient_country, recipient.sector AS recipient_sector,
       events.place.name AS place, events.place.country AS place_country,
       events.place.latitude AS latitude, events.place.longitude AS longitude,
       events.factuality, events.is_asserted, events.time_frame, events.intensity,
       events.confidence, events.batch_id
FROM events
LEFT JOIN LATERAL (SELECT unnest(events.actors) AS actor) ON true
LEFT JOIN LATERAL (SELECT unnest(events.recipients) AS recipient) ON true""",  # noqa: S608 - no input
)
VIEWS = (EVENTS_CLUSTERED, EVENTS_DYADS)
