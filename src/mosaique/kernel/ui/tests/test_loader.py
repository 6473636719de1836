"""French typography at compile time: what people read is set, what machines read is left alone."""

import pytest
from django.template import Context
from django.template.loader import get_template

from mosaique.kernel.ui.loader import typeset

NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>L'envoi n'est pas parti</p>", "<p>L’envoi n’est pas parti</p>"),
        ("<p>Qui peut voir ceci ?</p>", f"<p>Qui peut voir ceci{NN}?</p>"),
        ("<b>Attention</b> : {{ x }} !", f"<b>Attention</b>{NB}: {{{{ x }}}}{NN}!"),
        ('<input placeholder="Qu\'en dites-vous ?">', f'<input placeholder="Qu’en dites-vous{NN}?">'),
        (
            '<a aria-label="Lire : {{ t }}" href="/a?b=c">x</a>',
            f'<a aria-label="Lire{NB}: {{{{ t }}}}" href="/a?b=c">x</a>',
        ),
        ('{% message "bon" "C\'est fait !" %}', f'{{% message "bon" "C’est fait{NN}!" %}}'),
        ('{% pas "Suite" "/fiches/?etat=a" "Lire" %}', '{% pas "Suite" "/fiches/?etat=a" "Lire" %}'),
    ],
)
def test_what_people_read_is_set(source: str, expected: str) -> None:
    assert typeset(source) == expected
    assert typeset(expected) == expected


@pytest.mark.parametrize(
    "source",
    [
        "{% url 'room:name' %}",
        "{% if a == 'l\\'eau' and b > 3 %}x{% endif %}",
        "{% include \"ui/parts/x.html\" with label='a : b' %}",
        "{{ day|date:'H:i' }}",
        "{# l'auteur dit : non ? #}",
        "{% comment %}l'auteur dit : non ?{% endcomment %}",
        "<script>if (a ? b : c) {}</script>",
        "<style>a::before { content: 'x' }</style>",
        "<pre>l'eau ?</pre>",
        "<code>a ? b : c</code>",
        '<a href="/x?y=1" data-x="a : b" class="c">x</a>',
        '<a {% if a > b %}class="x"{% endif %} href="?p=1">x</a>',
        "<!-- l'auteur -->",
        '<svg viewBox="0 0 1 1"><path d="M0 0l1 1"/></svg>',
    ],
)
def test_what_machines_read_is_left_alone(source: str) -> None:
    assert typeset(source) == source


def test_values_are_not_touched() -> None:
    from django.template import Engine

    engine = Engine(loaders=[("django.template.loaders.locmem.Loader", {"t": typeset("<p>l'{{ x }}</p>")})])
    assert engine.get_template("t").render(Context({"x": "n'est pas ?"})) == "<p>l’n&#x27;est pas ?</p>"


def test_the_settings_use_it_for_our_templates_only() -> None:
    ours = get_template("404.html")
    assert "Cette page n’existe pas" in ours.template.source  # type: ignore[attr-defined]
    theirs = get_template("django/forms/widgets/attrs.html")
    assert "’" not in theirs.template.source  # type: ignore[attr-defined]
