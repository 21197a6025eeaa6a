"""Whether it happened, who says so and who takes part, on sentences read by the real model."""

from collections.abc import Callable

import pytest

from schemas import Article, Event, Sentence, Zone, new_article
from transforms.events import extract_events

# sentence | trigger | type | factuality
WHETHER = """
Rebels attacked the garrison. | attacked | ASSAULT | happened
Rebels did not attack the garrison. | attack | ASSAULT | not_happened
Rebels never attacked the garrison. | attacked | ASSAULT | not_happened
No rebels attacked the garrison. | attacked | ASSAULT | not_happened
Rebels may attack the garrison. | attack | ASSAULT | possible
Rebels could have attacked the garrison. | attacked | ASSAULT | possible
Rebels will attack the garrison. | attack | ASSAULT | planned
Rebels are going to attack the garrison. | attack | ASSAULT | planned
Rebels plan to attack the garrison. | attack | ASSAULT | planned
Rebels tried to storm the garrison. | storm | ASSAULT | attempted
Rebels failed to storm the garrison. | storm | ASSAULT | not_happened
Rebels managed to storm the garrison. | storm | ASSAULT | happened
Rebels are shelling the garrison. | shelling | ASSAULT | ongoing
Rebels continued to shell the garrison. | shell | ASSAULT | ongoing
The siege of the garrison continued on Monday. | siege | ASSAULT | ongoing
Rebels are said to have shelled the garrison. | shelled | ASSAULT | possible
The general was acquitted of killing the priest. | killing | ASSAULT | possible
Rebels are on the verge of storming the garrison. | storming | ASSAULT | planned
Rebels are close to storming the garrison. | storming | ASSAULT | planned
Rebels came close to storming the garrison. | storming | ASSAULT | not_happened
The talks between Chad and Sudan failed to take place. | talks | CONSULT | not_happened
In order to storm the garrison, rebels built ladders. | storm | ASSAULT | planned
Police disrupted a plot to bomb the embassy. | bomb | ASSAULT | attempted
Rebels were unable to storm the garrison. | storm | ASSAULT | not_happened
Rebels have no plans to storm the garrison. | storm | ASSAULT | not_happened
Rebels have not ruled out storming the garrison. | storming | ASSAULT | possible
It is not true that rebels stormed the garrison. | stormed | ASSAULT | not_happened
It was false that rebels had stormed the garrison. | stormed | ASSAULT | not_happened
Had rebels stormed the garrison, the army would have answered. | stormed | ASSAULT | not_happened
Why did rebels storm the garrison? | storm | ASSAULT | happened
What if rebels storm the garrison? | storm | ASSAULT | possible
The general was cleared of killing the priest. | killing | ASSAULT | possible
Rebels reportedly attacked the garrison. | attacked | ASSAULT | possible
If rebels attack the garrison, the army will answer. | attack | ASSAULT | possible
Did rebels attack the garrison? | attack | ASSAULT | possible
The army denied that it had shelled the port. | shelled | ASSAULT | denied
The army denied shelling the port. | shelling | ASSAULT | denied
The army said that rebels had shelled the port. | shelled | ASSAULT | happened
Officials fear that rebels have shelled the port. | shelled | ASSAULT | possible
The alleged attack on the port was filmed. | attack | ASSAULT | possible
Soldiers crossed the river to attack the port. | attack | ASSAULT | planned
The minister will visit Lima on Friday. | visit | AGREE | planned
The minister visited Lima on Friday. | visited | CONSULT | happened
The minister did not apologize. | apologize | CONCEDE | not_happened
Norway made no request to the council. | made | REQUEST | not_happened
The mayor criticised the No campaign. | criticised | ACCUSE | happened
Talks between Chad and Sudan were cancelled. | cancelled | REJECT | happened
Police foiled an attack on the embassy. | attack | ASSAULT | attempted
Police foiled a plot to bomb the embassy. | bomb | ASSAULT | attempted
Twice the rebels tried and failed to shell the port. | shell | ASSAULT | attempted
Soldiers attempted in vain to storm the garrison. | storm | ASSAULT | attempted
The general was about to shell the port. | shell | ASSAULT | planned
The crowd went on to burn two buses. | burn | ASSAULT | happened
The mayor could not stop the militia from burning the market. | burning | ASSAULT | happened
Police never denied that officers shot the man. | shot | ASSAULT | happened
The bishop is being held by police in a cell. | held | COERCE | ongoing
The army is in the midst of an offensive against the rebels. | offensive | ASSAULT | ongoing
The ban on rallies is still in force. | ban | COERCE | ongoing
No attack on the garrison took place. | attack | ASSAULT | not_happened
Not one of the rebels attacked the garrison. | attacked | ASSAULT | not_happened
Plans to shell the port were shelved. | shell | ASSAULT | not_happened
The rebels were due to attack the port on Friday but cancelled. | attack | ASSAULT | not_happened
Rebels who sought to storm the garrison were driven back. | storm | ASSAULT | attempted
A bomb meant to kill the bishop did not go off. | kill | ASSAULT | attempted
The bishop was shot before he could attack the guard. | attack | ASSAULT | attempted
The mayor is hoping for talks with the rebels. | talks | CONSULT | possible
An attack on the port would harm the mission. | attack | ASSAULT | possible
There are fears that rebels have kidnapped the priest. | kidnapped | ASSAULT | possible
Neither side has ruled out shelling the port. | shelling | ASSAULT | possible
The fleet would shell the port if talks failed, the admiral hinted. | shell | ASSAULT | possible
The port was calm ahead of an attack on the garrison. | attack | ASSAULT | planned
The siege of the garrison, now in its third week, has closed the port. | siege | ASSAULT | ongoing
The siege of the garrison dragged on. | siege | ASSAULT | ongoing
The blockade of the port went into a second month. | blockade | COERCE | ongoing
The bishop has been held by police since March. | held | COERCE | ongoing
It took the rebels two hours to storm the garrison. | storm | ASSAULT | happened
The colonel laughed off reports that soldiers had shelled the port. | shelled | ASSAULT | denied
The army poured scorn on claims that soldiers had shelled the port. | shelled | ASSAULT | denied
Reports of an attack on the port are an invention, the army said. | attack | ASSAULT | denied
The general is accused of shelling the port, which he denies. | shelling | ASSAULT | denied
Plans to shell the port were cancelled. | shell | ASSAULT | not_happened
The army postponed plans to shell the port. | shell | ASSAULT | not_happened
Rebels want to storm the garrison and will shell the port. | storm | ASSAULT | planned
There were rumors that rebels had kidnapped the priest. | kidnapped | ASSAULT | possible
The story of the killing of the priest is no myth. | killing | ASSAULT | happened
Police poured water on the crowd after claims that rebels had shelled the port. | shelled | ASSAULT | happened
Nine rebels have been arrested since March. | arrested | COERCE | happened
Police arrested him on the eve of the attack on the port in 2011. | attack | ASSAULT | happened
Ahead of last week's attack on the port, rebels had left. | attack | ASSAULT | happened
The siege of the garrison dragged on for a year in 1990. | siege | ASSAULT | happened
The bishop was locked in a battle with the army in 1990. | battle | ASSAULT | happened
There were unconfirmed reports that rebels had seized the port. | seized | ASSAULT | possible
The two presidents have yet to meet. | meet | CONSULT | not_happened
Nor did the navy seize the trawler. | seize | COERCE | not_happened
The guerrillas said their men did not burn the church. | burn | ASSAULT | denied
"We did not attack the convoy," a rebel said. | attack | ASSAULT | denied
The militia had nothing to do with the killing of the nuns. | killing | ASSAULT | denied
The clerk is not guilty of killing the priest. | killing | ASSAULT | denied
The front will not release the two pilots. | release | REJECT | not_happened
Farmers vowed they will not release the mayor. | vowed | REJECT | happened
The bishop urged them not to praise the mayor. | urged | REQUEST | happened
Troops rushed to rescue the villagers. | rescue | AID | happened
Requests for help from the mayor came from a town next to the border. | Requests | REQUEST | happened
The general ordered an attack on the port. | ordered | ASSAULT | happened
Peru bought tanks from Ukraine without informing anyone. | bought | COOPERATE | happened
The union called off the strike. | called | CONCEDE | happened
The guerrillas vowed to attack the capital. | vowed | THREATEN | happened
The guerrillas agreed to free the hostages. | agreed | CONCEDE | happened
Chile promised to send aid to the island. | promised | AGREE | happened
Egypt refused to negotiate. | refused | REJECT | happened
The bishops urged the army to release the students. | urged | REQUEST | happened
Rebels kept shelling the garrison on Monday. | shelling | ASSAULT | ongoing
Rebels have begun shelling the garrison. | shelling | ASSAULT | ongoing
Rebels began shelling the garrison. | shelling | ASSAULT | happened
Clashes between Chad and Sudan were raging. | Clashes | ASSAULT | ongoing
The siege of the town by rebels entered its third week. | siege | ASSAULT | ongoing
Farmers are due to rally on Friday. | rally | PROTEST | planned
The general insisted that his men had never shelled the port. | shelled | ASSAULT | denied
The general repudiated the claim that soldiers had shelled the port. | shelled | ASSAULT | denied
The mayor spoke instead of arresting the farmers. | arresting | COERCE | not_happened
The bishop kept the crowd from burning the shop. | burning | ASSAULT | not_happened
The rain did not stop miners from demonstrating. | demonstrating | PROTEST | happened
There was no evidence that rebels had shelled the port. | shelled | ASSAULT | possible
Guards repelled an attack on the port. | attack | ASSAULT | attempted
Rebels would have attacked the garrison. | attacked | ASSAULT | not_happened
Rebels were not able to storm the garrison. | storm | ASSAULT | not_happened
Nobody was able to storm the garrison. | storm | ASSAULT | not_happened
If rebels were able to storm the garrison, the war would end. | storm | ASSAULT | possible
The envoy said that Chad had to free the pilots. | free | RETREAT | possible
Police will be there and arrest students. | arrest | COERCE | planned
The protest will be remembered for the violence. | protest | PROTEST | happened
Rebels were able to storm the garrison. | storm | ASSAULT | happened
The general had to free the pilots. | free | RETREAT | happened
Rebels would have had to storm the garrison. | storm | ASSAULT | not_happened
Parliament delayed lifting the curfew. | lifting | RETREAT | not_happened
The clerk was declared incompetent to stand trial. | stand | ACCUSE | not_happened
The clerk was tried for the murder of a nun. | murder | ASSAULT | possible
The mayor refused to say sorry for shooting the priest. | shooting | ASSAULT | happened
Nine men were jailed on the basis of information leading to the arrest of a banker. | arrest | COERCE | possible
The general tried to block the investigation into the massacre. | investigation | ACCUSE | happened
The clerk was not at home and ordered the arrest of the mayor. | ordered | COERCE | happened
The talks between Chad and Sudan on Friday will focus on trade. | talks | CONSULT | planned
"""

NOTHING = """
The company reported higher profits for the third quarter.
She said that the weather had been kind to the farmers.
The forward struck twice in the second half.
The book sold well in Japan.
He fired the imagination of a generation.
The president said that he was happy.
The storm killed eleven people on the coast.
Nine people were killed when a bus left the road in an accident.
The committee meets the needs of small firms.
The region accepted the new reality.
A motorcycle wreck killed a passenger.
The grocer was killed by a car.
The outbreak has been blamed on bad water.
Doctors warned that it would rain.
Two firms are engaged in a battle over patents.
Problems have beset the officials.
Officers went there to execute a search.
She was struck by a car.
The girls will have six weeks to sell tickets, said the mayor.
"""

WHO = """
[Rebels] *attacked* the {garrison}.
The {garrison} was *attacked* by [rebels].
The [rebels] who *attacked* the {garrison} fled.
The {garrison} *attacked* by [rebels] was small.
The {garrison} that [rebels] *attacked* was small.
[Rebels] crossed the river and *attacked* the {garrison}.
[Rebels] and [deserters] *attacked* the {garrison}.
[Rebels] *attacked* a {garrison} and a {convoy}.
[Rebels] crossed the river before *attacking* the {garrison}.
The court accused the [rebels] of *attacking* a {garrison}.
The court heard that [rebels] had *attacked* a {garrison}.
[Rebels] *launched* an attack on the {garrison}.
An attack on the {garrison} was *launched* by [rebels].
Hundreds of [rebels] *attacked* the {garrison}.
An *attack* by [rebels] on the {garrison} went on for hours.
[Russia] *imposed* sanctions on {Turkey}.
[Troops] *clashed* with [guerrillas] near the river.
A *clash* between [troops] and [guerrillas] lasted an hour.
[Police] *detained* hundreds of {students}.
[Nepal] *bought* rifles from {China} and {India}.
The [junta] *imposed* a curfew in the {port}.
[Norway] *sent* tents to help {Nepal} cope.
[Police] *used* tear gas to disperse the {students}.
The [gang] *was* responsible for the killing of {farmers}.
The [militia] *claimed* responsibility for the attack on the {garrison}.
The convoy was ambushed by [rebels], who *shot* {nurses} before fleeing.
[Ministers] *asked* {schools} to pay.
According to the mayor, [Chad] is *cooperating*.
A missile fired by the [rebels] *hit* a {tanker}.
{Mayor} *arrested* after brawl
[Police] *investigate* the death of a miner.
Four {guards} were found in the garage of a house who had been *kidnapped* by [rebels].
The {widow} was found *stabbed* in her flat.
[Raiders] *went* on a rampage in the market.
The [union] is still in *negotiations* with the [company].
The {pilot} was *killed* by gunfire from the ground.
The mayor praised the *arrest* of the {banker}.
The [envoy] *threatened* to make the {rebels} pay.
[Parliament] has *refused* to let {her} travel to Germany.
They met a {nurse} *praised* as a saint.
The clerk was charged in connection with the attacks, which *killed* five {farmers}.
The [clerk] was charged with the *murder* of a {farmer}.
Police blamed the *attack* on the [militia].
The [clerk] pleaded guilty to the *murder* of a {farmer}.
A jury found the [clerk] guilty of the *kidnapping* of a {nurse}.
A strike *called* by [teachers] closed the schools.
[Rebels] helped the nurses but did not *free* {them}.
[Rebels] *threatened* to wipe out the {villagers}.
[Chad], along with [Sudan], *attacked* the {garrison}.
{Thirty} were *arrested* by [police].
[Gunmen] killed nine {farmers} in two *shootings*.
[Officers] were *dispatched* to the port.
Four days of *riots* sparked by the police ended.
They left the port, where the [mayor] *met* a [bishop].
A [clerk] serving six years for the *murder* of a {nurse} fled.
Two {editors} *arrested* in Lima.
The [ministry] *refused* a request from the {union} to visit the prison.
The [admiral] called the [bishop] to *discuss* the war.
The [admiral] called the {bishop} to *apologize* for the war.
[Leaders] *agreed* to end the strike.
A [lawyer] *filed* a lawsuit in a Paris court against the {banker}.
The [clerk] pleaded guilty to conspiracy to *commit* robbery.
[Moore] *robbed* a {grocer} of money and food.
The [senate] *banned* the import of fur.
Farmers were executed in the *assault* on the {prison}.
Police questioned farmers in the *shooting* of a {nurse}.
Officers served warrants in the *murder* of a {nurse}.
The police are responsible for the *protest*.
[Senators] *brought* allegations of fraud against the {minister}.
He was tried by a {court} *backed* by the [union].
[Chairwoman] *condemned* the inevitable.
An armoured [vehicle] *shelled* the {village}.
Two {clerks} appeared in court *charged* with theft.
The {grocer} *sustained* a gunshot wound.
"""


@pytest.fixture(scope="module")
def read(parser: Callable[[Article], Article]) -> Callable[[list[str]], list[list[Event]]]:
    """Return a function from sentences to the events of each, in one parse."""

    def run(lines: list[str]) -> list[list[Event]]:
        text, sentences, start = "\n".join(lines), [], 0
        for line in lines:
            sentences.append(Sentence(start=start, end=start + len(line), zone=0))
            start += len(line) + 1
        zones = (Zone(kind="body", start=0, end=len(text)),)
        article = new_article(text, zones=zones, sentences=tuple(sentences), quotes=())
        found = extract_events(parser(article)).events or ()
        return [[e for e in found if e.sentence.start == s.start] for s in sentences]

    return run


@pytest.mark.slow
def test_whether(read: Callable[[list[str]], list[list[Event]]]) -> None:
    rows = [[cell.strip() for cell in row.split(" | ")] for row in WHETHER.strip().splitlines()]
    wrong = []
    for (sentence, trigger, kind, truth), events in zip(
        rows, read([r[0] for r in rows]), strict=True
    ):
        told = [e for e in events if trigger in str(e.trigger.text).split()]
        found = [(e.event_type, e.factuality) for e in told]
        if found != [(kind, truth)]:
            wrong.append((sentence, trigger, found, (kind, truth)))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


# sentence | trigger | kind | least | most | words
COUNTED = """
Between 10 and 15 soldiers were killed by gunmen. | killed | killed | 10 | 15 | Between 10 and 15
The bomb killed 12 to 14 farmers. | killed | killed | 12 | 14 | 12 to 14
Six prisoners died after torture. | died | killed | 6 | 6 | Six
Some 2,000 to 3,000 people protested in Lima. | protested | participants | 2000 | 3000 | 2,000 to 3,000
The blast wounded at least 30 nurses. | wounded | wounded | 30 | | at least 30
Japan gave the island $2 million. | gave | money | 2000000 | 2000000 | 2 million
"""


@pytest.mark.slow
def test_counts(read: Callable[[list[str]], list[list[Event]]]) -> None:
    rows = [[cell.strip() for cell in row.split("|")] for row in COUNTED.strip().splitlines()]
    for (sentence, trigger, *wanted), events in zip(rows, read([r[0] for r in rows]), strict=True):
        (event,) = (event for event in events if event.trigger.text == trigger)
        found = [
            [c.kind, str(int(c.min or 0)), str(int(c.max)) if c.max else "", c.text]
            for c in event.counts
        ]
        assert found == [wanted], sentence


@pytest.mark.slow
def test_asserted_means_happened_or_ongoing(read: Callable[[list[str]], list[list[Event]]]) -> None:
    sentences = [row.split(" | ")[0].strip() for row in WHETHER.strip().splitlines()]
    for event in (event for events in read(sentences) for event in events):
        assert event.is_asserted == (event.factuality in {"happened", "ongoing"})


@pytest.mark.slow
def test_sentences_without_an_event(read: Callable[[list[str]], list[list[Event]]]) -> None:
    lines = NOTHING.strip().splitlines()
    found = [
        (line, event.event_type, event.trigger.text)
        for line, events in zip(lines, read(lines), strict=True)
        for event in events
        if event.is_asserted
    ]
    assert not found, "\n" + "\n".join(map(str, found))


@pytest.mark.slow
def test_an_act_that_verb_and_noun_tell_is_one_event(
    read: Callable[[list[str]], list[list[Event]]],
) -> None:
    lines = ["Nobody has imposed a state of emergency.", "Peru imposed sanctions on Chile."]
    assert [len(events) for events in read(lines)] == [1, 1]


@pytest.mark.slow
def test_an_object_pronoun_is_never_the_subject_of_its_clause(
    read: Callable[[list[str]], list[list[Event]]],
) -> None:
    lines = ["Ana Ruiz called Ion Pop and promised him help.", "Ana Ruiz refused to meet him."]
    for events in read(lines):
        start = events[-1].sentence.start
        (recipient,) = events[-1].recipients
        assert recipient.text == "him"
        assert recipient.antecedent_start != start


@pytest.mark.slow
def test_he_is_no_woman(read: Callable[[list[str]], list[list[Event]]]) -> None:
    lines = ["The bishop resigned.", "The widow praised the mayor.", "He praised two farmers."]
    (praise,) = read(lines)[-1]
    assert [actor.antecedent_start for actor in praise.actors] == [None]
    (praise,) = read(["The bishop praised the admiral and urged him to stay."])[0][1:]
    assert [r.antecedent_start for r in praise.recipients] == [len("The bishop praised the ")]
    lines = ["Judge Mary Vane was calm.", "He praised two farmers."]
    (praise,) = read(lines)[-1]
    assert [actor.antecedent_start for actor in praise.actors] == [None]
    lines[1] = "She praised two farmers."
    (praise,) = read(lines)[-1]
    assert [actor.antecedent_start for actor in praise.actors] == [0]  # the whole name


@pytest.mark.slow
def test_who(read: Callable[[list[str]], list[list[Event]]]) -> None:
    lines = WHO.strip().splitlines()
    plain = ["".join(c for c in line if c not in "*[]{}") for line in lines]
    wrong = []
    for line, events in zip(lines, read(plain), strict=True):
        trigger = line.split("*")[1]
        expected = _between(line, "[", "]"), _between(line, "{", "}")
        found = [
            ({_head(p) for p in e.actors}, {_head(p) for p in e.recipients})
            for e in events
            if trigger in str(e.trigger.text).split()
        ]
        if found != [expected]:
            wrong.append((line, found))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def _between(line: str, left: str, right: str) -> set[str]:
    return {part.split(right)[0] for part in line.split(left)[1:]}


def _head(participant: object) -> str:
    return str(participant.text).split()[-1]  # type: ignore[attr-defined]


@pytest.mark.slow
def test_who_says_so(read: Callable[[list[str]], list[list[Event]]]) -> None:
    told, according, accused, own = read(
        [
            "The minister told reporters that rebels had shelled the port.",
            "Rebels shelled the port, according to the army.",
            "Kenya accused the militia of kidnapping two nurses.",
            "Rebels shelled the port.",
        ]
    )
    assert [(a.text, a.cue) for a in told[-1].attribution] == [("minister", "tell")]
    assert [(a.text, a.cue) for a in according[0].attribution] == [("army", "accord")]
    assert [(e.event_type, [a.text for a in e.attribution]) for e in accused] == [
        ("ACCUSE", []),
        ("ASSAULT", ["Kenya"]),
    ]
    assert own[0].attribution == ()
