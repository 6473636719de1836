"""What every legal form owes to its reader, present and future; and the steps that inform without refusing."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

import mosaique.scheme.legal_forms as folder
from mosaique.kernel.typography import typographie
from mosaique.kernel.verdict import Problem
from mosaique.scheme.legal_forms import course
from mosaique.scheme.legal_forms.base import (
    CHECKED_ON,
    MARKS_FR,
    Document,
    DocumentKind,
    Fact,
    Instrument,
    LegalForm,
    Source,
    Step,
    cited,
    to_check,
)
from mosaique.scheme.legal_forms.registry import LEGAL_FORMS, form_for
from mosaique.scheme.legal_forms.steps import SheetFacts, ac_imputation, next_steps, readiness

every_form = pytest.mark.parametrize("form", LEGAL_FORMS.values(), ids=lambda form: form.identifier)
NOT_FORMS = {
    "__init__",
    "base",
    "choice",
    "course",
    "steps",
    "sources",
    "deliberations",
    "mise_a_disposition",
    "registry",
}
FULL = SheetFacts(
    documents=frozenset(DocumentKind) - {DocumentKind.CONVENTION},
    cst_opinion_on=date(2027, 1, 20),
    deliberations_expected=14,
    deliberations_taken=14,
    cost_method_written=True,
    forecast_units_written=True,
    payment_period_months=12,
)
SIGNABLE = dataclasses.replace(FULL, documents=frozenset(DocumentKind))


def sentences(form):
    """Every text of a form that somebody reads, with nested documents, steps and sources."""
    pending = [form]
    while pending:
        thing = pending.pop()
        for field in dataclasses.fields(thing):
            value = getattr(thing, field.name)
            for item in value if isinstance(value, tuple) else (value,):
                if dataclasses.is_dataclass(item):
                    pending.append(item)
                elif type(item) is str and field.name not in ("identifier", "url"):
                    yield item


# --- contract


def test_every_file_is_listed_under_its_own_name():
    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - NOT_FORMS
    assert files == set(LEGAL_FORMS)


def test_the_forms_of_the_catalogue_are_there():
    assert {
        "service_provision",
        "inter_commune_agreement",
        "joint_exercise",
        "unified_service",
        "mad_individual",
        "entente",
        "shared_police",
        "delegation",
        "competence_transfer",
        "delegated_project_mgmt",
        "external_pool",
        "service_commun",
        "mad_service_up",
        "mad_service_down",
        "shared_assets",
        "purchasing_group",
        "informal",
    } <= set(LEGAL_FORMS)


@every_form
def test_every_field_is_filled(form):
    for field in dataclasses.fields(LegalForm):
        # Mutual help supposes nothing: it is the one form that no answer leaves out.
        if (form.identifier, field.name) != ("informal", "conditions"):
            assert getattr(form, field.name) not in ("", (), None), field.name
    assert form_for(form.identifier) is form
    assert form.article == form.reference.article


@every_form
def test_every_fact_has_an_article_and_a_mark(form):
    for fact in form.facts():
        assert fact.text and fact.article
        assert fact.text.endswith(".")
        if fact.is_verified:
            assert fact.verified_on == CHECKED_ON and fact.source.name
            assert fact.mark == "vérifié le 23\u00a0novembre\u00a02026"
        else:
            assert fact.mark == "à vérifier"


@every_form
def test_no_sentence_commands_or_calls_the_scheme_compulsory(form):
    for text in sentences(form):
        lowered = text.lower()
        for word in ("obligatoire", "obligation", "vous devez", "impose", "schéma"):
            assert word not in lowered, text


@every_form
def test_typography_is_french(form):
    for text in sentences(form):
        assert text == typographie(text)
        assert "'" not in text and '"' not in text and not text.startswith(" ")


@every_form
def test_no_sentence_twice_in_a_form(form):
    texts = [
        fact.text
        for group in ("who", "what", "staff_effects", "money_effects")
        for fact in getattr(form, group)
    ]
    texts += [fact.text for fact in (*form.duration_exit, *form.watch_points, form.tax_condition)]
    assert len(texts) == len(set(texts))


@every_form
def test_documents_agree_with_the_instrument_and_the_committee(form):
    kinds = {document.kind for document in form.documents if document.required}
    assert (DocumentKind.CONVENTION in kinds) == (form.instrument is Instrument.CONVENTION)
    assert (DocumentKind.ASSET_RULES in kinds) == (form.instrument is Instrument.RULES)
    assert (DocumentKind.CST_OPINION in kinds) == form.cst_opinion.needed


@every_form
def test_an_unverified_fact_weighs_on_nothing(form):
    """Readiness is the same whatever the unverified steps answer."""
    for facts in (SheetFacts(), FULL, SIGNABLE):
        for answer in (True, False, None):
            steps = tuple(
                step
                if step.fact.is_verified
                else dataclasses.replace(step, done=lambda _, answer=answer: answer)
                for step in form.steps
            )
            assert (
                readiness(dataclasses.replace(form, steps=steps), facts).ready == readiness(form, facts).ready
            )
    assert not any(step.counts for step in next_steps(form, FULL) if step.mark == "à vérifier")


def test_a_verified_fact_cites_its_source():
    with pytest.raises(ValueError, match="cites its source"):
        Fact("Texte.", "article", CHECKED_ON, None)
    with pytest.raises(ValueError, match="cites its source"):
        Fact("Texte.", "article", None, Source("Une page"))
    assert "Vérifié le" in MARKS_FR and typographie(MARKS_FR) == MARKS_FR


def test_a_verified_fact_names_articles_its_source_was_read_for():
    law = Source("CGCT, article L. 5211-17, lu sur une page", about="CGI, article 1609 nonies C")
    assert law.covers == {"L5211-17", "1609noniesC"}
    Fact("Texte.", "CGCT, article L. 5211-17 ; CGI, article 1609 nonies C", CHECKED_ON, law)
    Fact("Texte.", "usage, sans article", CHECKED_ON, law)
    for article in (
        "CGCT, article L. 5211-17-2",
        "CGCT, articles L. 5211-17 et L. 5111-1",
        "décret n° 2008-580",
    ):
        with pytest.raises(ValueError, match="was not read for"):
            Fact("Texte.", article, CHECKED_ON, law)
    # The page of one article never stands for another.
    with pytest.raises(ValueError, match="is the one of L5211-39-1"):
        Source("CGCT, article L. 5111-1", "https://example.org/article-l5211-39-1-of-the-code")
    assert cited("CGCT, articles L. 5221-1 et L. 5221-2 ; Conseil d'État, 3 février 2012") == {
        "L5221-1", "L5221-2", "Conseild’État,3février2012",
    }  # fmt: skip


@every_form
def test_every_form_says_who_decides_and_what_to_wait_for(form):
    kinds = {document.kind for document in form.documents if document.required}
    waited = [fact.text for fact in course.waits(form)]
    assert waited and all(fact.article and fact.mark for fact in course.waits(form))
    assert any("comité social territorial" in text for text in waited) == (DocumentKind.CST_OPINION in kinds)
    assert any("préfet" in text for text in waited) == (DocumentKind.PREFECT_ORDER in kinds)
    assert bool(course.in_steps(course.waits(form))) == (len(waited) > 1)
    names = [who for who, _ in course.deciders(form)]
    assert names and ("Chaque conseil, pour sa collectivité" in names) == (
        DocumentKind.DELIBERATIONS in kinds and form.identifier != "shared_assets"
    )


def test_who_decides_a_transfer_of_a_power_a_loan_of_an_agent_and_mutual_help():
    assert [who for who, _ in course.deciders(form_for("competence_transfer"))] == [
        "Chaque conseil, pour sa collectivité", "Le préfet",
    ]  # fmt: skip
    assert next(who for who, _ in course.deciders(form_for("mad_individual"))) == "L’agent"
    assert [who for who, _ in course.deciders(form_for("shared_assets"))] == ["Le conseil communautaire"]
    assert "Personne ne vote" in course.deciders(form_for("informal"))[0][0]
    assert course.in_steps(course.waits(form_for("service_commun"))) == "Deux étapes, l’une après l’autre."


def test_an_unlisted_form_is_refused():
    with pytest.raises(Problem, match="choisissez-en une"):
        form_for("service_magique")


# --- steps


def states(identifier, facts):
    return {step.label: step.done for step in next_steps(form_for(identifier), facts)}


def test_a_service_commun_is_not_ready_without_impact_sheet_and_opinion():
    form = form_for("service_commun")
    bare = readiness(form, SheetFacts(documents=frozenset({DocumentKind.CONVENTION})))
    assert bare.ready is False
    assert [step.label for step in bare.missing] == [
        "Fiche d’impact sur les agents",
        "Avis du ou des comités sociaux territoriaux",
    ]
    assert bare.sentence == typographie(
        "Pas encore prête à signer. Il reste : fiche d’impact sur les agents ; "
        "avis du ou des comités sociaux territoriaux."
    )
    done = readiness(form, dataclasses.replace(SIGNABLE, deliberations_taken=0))
    # The votes are known to us without a source read: a point to check, which decides nothing.
    assert done.ready is True and done.missing == ()
    assert done.sentence == typographie(
        "Prête à signer, d'après les points vérifiés. Points restant à vérifier : 1."
    )
    assert readiness(form, SIGNABLE).sentence == "Prête à signer, d’après les points vérifiés."


def test_shared_assets_want_rules_and_no_convention():
    assert readiness(form_for("shared_assets"), SheetFacts()).ready is False
    assert readiness(form_for("shared_assets"), FULL).ready is True
    label = typographie("Pas de convention : le règlement suffit")
    assert states("shared_assets", FULL)[label] is True
    assert states("shared_assets", SIGNABLE)[label] is False
    # A convention too many is said; it does not undo the rules.
    assert readiness(form_for("shared_assets"), SIGNABLE).ready is True


@pytest.mark.parametrize("identifier", ["mad_service_up", "mad_service_down", "joint_exercise"])
@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"cost_method_written": None}, "Méthode de calcul du coût unitaire"),
        ({"forecast_units_written": False}, "Prévision d’utilisation, en unités"),
        ({"payment_period_months": 13}, "Rythme de paiement, un an au plus"),
        ({"payment_period_months": 0}, "Rythme de paiement, un an au plus"),
        ({"payment_period_months": None}, "Rythme de paiement, un an au plus"),
        ({"cst_opinion_on": None}, "Avis du comité social territorial"),
    ],
)
def test_a_service_made_available_needs_its_method_units_period_and_opinion(identifier, change, label):
    form = form_for(identifier)
    assert readiness(form, SIGNABLE).ready is True
    result = readiness(form, dataclasses.replace(SIGNABLE, **change))
    assert result.ready is False
    assert [step.label for step in result.missing] == [label]


@pytest.mark.parametrize(
    ("signed", "told", "budget", "expected"),
    [
        (None, None, None, None),  # nothing signed, nothing due
        (date(2027, 11, 30), None, None, False),
        # In the year of signing: three months, from date to date.
        (date(2027, 5, 31), date(2027, 8, 31), None, True),
        (date(2027, 5, 31), date(2027, 9, 1), None, False),
        (date(2027, 5, 10), date(2027, 8, 11), None, False),
        (date(2027, 5, 10), date(2027, 6, 30), None, True),
        # Afterwards: before the budget is adopted.
        (date(2027, 5, 31), date(2028, 3, 31), date(2028, 4, 1), True),
        (date(2027, 5, 31), date(2028, 4, 1), date(2028, 4, 1), False),
        (date(2027, 5, 31), date(2028, 4, 1), None, None),
        (None, date(2028, 3, 31), date(2028, 4, 1), True),
    ],
)
def test_the_unit_cost_is_told_in_time(signed, told, budget, expected):
    facts = dataclasses.replace(
        SIGNABLE, signed_on=signed, unit_cost_notified_on=told, budget_adoption_on=budget
    )
    assert states("mad_service_down", facts)["Coût unitaire communiqué à temps"] is expected
    # It comes after the signature: it never weighs on « prête à signer ».
    assert readiness(form_for("mad_service_down"), facts).ready is True


def test_votes_are_unknown_until_somebody_says_how_many_are_expected():
    label = "Délibérations concordantes de toutes les parties"
    assert states("service_commun", SheetFacts())[label] is None
    assert states("service_commun", dataclasses.replace(FULL, deliberations_taken=13))[label] is False
    assert states("service_commun", FULL)[label] is True


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("informal", "Rien n’est à signer"),
        ("purchasing_group", "l’outil ne dit pas si elle est prête à signer"),
    ],
)
@pytest.mark.parametrize("facts", [SheetFacts(), SIGNABLE], ids=["nothing", "everything"])
def test_without_a_verified_step_the_tool_says_nothing_either_way(identifier, words, facts):
    result = readiness(form_for(identifier), facts)
    assert result.ready is None and result.missing == ()
    assert words in result.sentence


def test_an_agent_is_lent_with_their_consent():
    form = form_for("mad_individual")
    bare = readiness(form, dataclasses.replace(SIGNABLE, documents=frozenset({DocumentKind.CONVENTION})))
    assert bare.ready is False and [step.label for step in bare.missing] == ["Accord de l’agent"]
    assert readiness(form, SIGNABLE).ready is True


# --- attribution de compensation


@pytest.mark.parametrize(("regime", "offered"), [("FPU", True), ("FA", False), ("FPZ", False), ("", False)])
def test_imputation_is_offered_under_fpu_only(regime, offered):
    offer = ac_imputation(form_for("service_commun"), regime)
    assert offer.offered is offered and offer.fact.is_verified
    assert offer.sentence.endswith(".")
    assert ("n’est pas connu" in offer.sentence) == (regime == "")


@every_form
def test_imputation_is_never_offered_by_a_form_that_does_not_foresee_it(form):
    assert ac_imputation(form, "FPU").offered is form.ac_imputation
    assert ac_imputation(form, "FA").offered is False


def test_words_of_nested_parts_are_typeset():
    document = Document(DocumentKind.CONVENTION, "L'acte", True, "L'EPCI", to_check("C'est ainsi.", "art. 1"))
    step = Step("D'abord", document.fact, lambda facts: None)
    assert (document.label, document.by_whom, step.label) == ("L’acte", "L’EPCI", "D’abord")
