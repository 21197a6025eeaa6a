"""Which events of an article tell the same happening: same type, same people, same day."""

from collections import defaultdict

from schemas import Article, Cluster, Event, Participant, known

_Key = tuple[object, ...]


def clusters(article: Article) -> tuple[Cluster, ...]:
    """Return every event of the article with the smallest id of those that tell the same.

    Two events are the same where type, days and the known ids of actors and of recipients are the
    same, and at least one actor or recipient is known; else an event is a cluster of its own.

    Raises:
        MissingStepError: the article has no events yet.
    """
    events = known(article.events, "ExtractEvents")
    groups: dict[_Key, list[str]] = defaultdict(list)
    for event in events:
        groups[_key(event)].append(event.event_id)
    smallest = {event_id: min(ids) for ids in groups.values() for event_id in ids}
    return tuple(Cluster(event_id=e.event_id, cluster_id=smallest[e.event_id]) for e in events)


def _key(event: Event) -> _Key:
    actors, recipients = _ids(event.actors), _ids(event.recipients)
    if not (actors or recipients) or event.event_date_first is None:
        return (event.event_id,)
    days = (event.event_date_first, event.event_date_last)
    return (event.event_type, actors, recipients, *days, event.is_asserted)


def _ids(participants: tuple[Participant, ...]) -> tuple[str, ...]:
    return tuple(sorted({p.entity_id for p in participants if p.entity_id is not None}))
