"""A field says its name, its help and its fault; nothing typed is lost; nothing depends on the browser's bubbles."""

from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines

from mosaique.kernel.ui.forms import AmountField, Form, Tiles, error_lines
from mosaique.kernel.ui.gallery import ExampleForm
from mosaique.kernel.verdict import Problem

NB, NN = "\u00a0", "\u202f"


class Small(Form):
    name = forms.CharField(label="Nom", help_text="Celui de l'usage.")
    cost = AmountField(label="Coût", required=False)
    choice = forms.ChoiceField(
        label="D'accord ?", choices=[("o", "Oui"), ("n", "Non")], widget=Tiles(help={"o": "Nous entrons"})
    )


def test_label_help_widget_and_fault_are_tied_together() -> None:
    html = str(Small({"name": "", "choice": "o"})["name"].as_field_group())
    assert '<label for="id_name">Nom</label>' in html
    assert html.index("id_name_helptext") < html.index("<input")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("<input") < html.index('id="id_name_error"')
    assert "l’usage" in html, "labels and helps get French typography"


def test_optional_is_said_and_required_is_left_to_us() -> None:
    html = str(Small())
    assert html.count("(facultatif)") == 1
    assert " required" not in html


def test_radio_tiles_are_a_named_group() -> None:
    html = str(Small()["choice"].as_field_group())
    assert f'<legend class="libelle">D’accord{NN}?</legend>' in html
    assert "<small>Nous entrons</small>" in html
    assert "checked" not in html, "nothing is chosen in place of the person"


def test_what_was_typed_stays_even_when_wrong() -> None:
    form = Small({"name": "Salle", "cost": "quatre mille", "choice": "x"})
    assert not form.is_valid()
    html = str(form)
    assert 'value="quatre mille"' in html and 'value="Salle"' in html
    assert "Votre saisie est gardée" in html


@pytest.mark.parametrize(("typed", "value"), [("1 234,56", "1234.56"), ("0.5", "0.50"), ("12 €", "12.00")])
def test_amounts_as_people_type_them(typed: str, value: str) -> None:
    form = Small({"name": "a", "cost": typed, "choice": "o"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["cost"] == Decimal(value)


def test_an_empty_amount_is_unknown_not_zero() -> None:
    form = Small({"name": "a", "cost": "", "choice": "o"})
    assert form.is_valid()
    assert form.cleaned_data["cost"] is None


def test_amounts_come_back_written_in_french() -> None:
    assert f'value="1{NN}234,50"' in str(Small(initial={"cost": Decimal("1234.5")})["cost"])


class Counted(Form):
    votes = forms.IntegerField(label="Pour", min_value=0, max_value=500)
    paper = forms.FileField(label="La délibération", required=False)


@pytest.mark.parametrize(
    ("typed", "said"), [("900", "dépasse le plus grand"), ("-1", "en dessous du plus petit")]
)
def test_a_number_out_of_bounds_is_told_in_our_words(typed: str, said: str) -> None:
    [message] = Counted({"votes": typed}).errors["votes"]
    assert said in message and typed in message and "Assurez-vous" not in message


def test_a_refused_form_asks_for_its_file_again() -> None:
    """The browser has lost it: sent again as it stands, the form would leave without it."""
    paper = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.4")
    form = Counted({"votes": "900"}, {"paper": paper})
    assert "Choisissez de nouveau le fichier" in form.errors["paper"][0]
    assert not Counted({"votes": "900"}).errors.get("paper"), "no file was given"
    taken = Counted({"votes": "9"}, {"paper": paper})
    assert taken.is_valid(), "a form that is taken keeps its file"
    taken.refuse(Problem("Le vote est déjà enregistré.", "votes"))
    assert "Choisissez de nouveau le fichier" in taken.errors["paper"][0]


def test_summary_links_to_each_fault_in_order() -> None:
    form = Small({"name": "", "cost": "x"})
    assert [line.id for line in error_lines(form)] == ["id_name", "id_cost", "id_choice_0"]
    html = engines["django"].from_string("{% form_errors form %}").render({"form": form})
    assert "3 réponses sont à revoir, rien n’est perdu" in html
    assert '<a href="#id_choice_0">' in html
    assert 'role="alert"' in html
    assert engines["django"].from_string("{% form_errors form %}").render({"form": Small()}).strip() == ""


def test_the_sentence_of_a_service_finds_its_field() -> None:
    form = Small({"name": "a", "choice": "o"})
    assert form.is_valid()
    form.refuse(Problem("Ce nom est déjà pris. Choisissez-en un autre.", "name"))
    form.refuse(Problem("Le délai est clos.", "absent"))
    assert [(line.id, line.message) for line in error_lines(form)] == [
        ("", "Le délai est clos."),
        ("id_name", "Ce nom est déjà pris. Choisissez-en un autre."),
    ]


def test_dates_use_the_native_picker_and_read_french_too() -> None:
    assert 'type="date"' in str(ExampleForm()["received"])
    for typed in ("2027-09-30", "30/09/2027"):
        form = ExampleForm({"received": typed})
        form.is_valid()
        assert "received" not in form.errors


def test_sentences_are_ours_unless_the_field_has_its_own() -> None:
    class Many(Form):
        day = forms.DateField(label="Jour")
        mail = forms.EmailField(label="Adresse")
        size = forms.IntegerField(label="Taille", error_messages={"invalid": "La taille, en mètres."})
        pick = forms.ChoiceField(label="Choix", choices=[("a", "A")])

    form = Many({"day": "31/09/2027", "mail": "mairie@", "size": "x", "pick": "z"})
    messages = {line.label: line.message for line in error_lines(form)}
    assert messages["Jour"].startswith("Cette date n’existe pas")
    assert messages["Adresse"].startswith("Cette adresse n’est pas complète")
    assert messages["Taille"] == "La taille, en mètres."
    assert messages["Choix"] == "« z » ne fait pas partie des choix proposés."
    assert 'type="text" name="day" value="31/09/2027"' in str(form["day"]), "what was typed stays readable"
    assert 'type="date"' in str(Many()["day"])


class Written(Form):
    short = forms.CharField(label="Raison", max_length=300, widget=forms.Textarea, help_text="Une phrase.")
    said = forms.CharField(
        label="Note", max_length=60, widget=forms.Textarea, help_text="60 caractères, pas un de plus."
    )
    long = forms.CharField(label="Texte", max_length=20_000, widget=forms.Textarea)


def test_a_short_text_says_its_limit_before_it_is_typed_and_nothing_is_cut() -> None:
    for _ in range(2):  # a second form says it once too
        helps = {name: field.help_text for name, field in Written().fields.items()}
        assert helps == {
            "short": "Une phrase. 300 caractères au plus.", "said": "60 caractères, pas un de plus.", "long": "",
        }  # fmt: skip
    assert "maxlength" not in str(Written())
