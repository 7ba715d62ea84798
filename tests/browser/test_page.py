"""The page as people use it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.server.served import Served, make_store, serving

NAMES = "SELECT ?who ?name { ?who a kg:Actor ; rdfs:label ?name } ORDER BY ?name"
COUNTS = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n)"
ASKED = "form[action='/queries/what-has-someone-said']"
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DARK = {"color_scheme": "dark"}
ACTORS = "CONSTRUCT { ?s a kg:Actor } WHERE { ?s a kg:Actor }"
CONTRAST = """() => {
  const light = (text) => {
    const parts = text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
  };
  const chosen = ".CodeMirror-code span[class^=cm-], .CodeMirror-linenumber, .CodeMirror-hint, "
    + "h1, h2, summary, p, a, dt, dd, th, td, label, small, button";
  const words = [...document.querySelectorAll(chosen)].filter((one) => one.innerText && one.offsetParent);
  return words.map((word) => {
    const pair = [light(getComputedStyle(word).color), light(behind(word))].sort((a, b) => b - a);
    return [`${word.className} ${word.textContent.slice(0, 20)}`, (pair[0] + 0.05) / (pair[1] + 0.05)];
  });
}"""
"""Returns, for each word that is shown, its contrast to what is behind it."""


@pytest.mark.parametrize("visit", [{}, PHONE, DARK], ids=["desk", "phone", "dark"], indirect=True)
def test_it_opens_without_complaint_and_asks_nobody_else(visit: Visit) -> None:
    visit.run(NAMES)
    visit.page.wait_for_selector("#answer table")
    assert visit.complaints == []
    assert visit.foreign == []


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_nothing_scrolls_sideways_on_a_phone(visit: Visit) -> None:
    visit.run(NAMES)
    visit.page.wait_for_selector("#answer table")
    for summary in visit.page.query_selector_all("summary"):
        summary.click()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_rows_of_many_columns_are_read_without_scrolling_sideways_on_a_phone(visit: Visit) -> None:
    visit.run("SELECT * { ?said kg:speaker ?who ; kg:cue ?cue ; kg:content ?content ; kg:rule ?rule }")
    box = visit.page.wait_for_selector("#answer .scroll")
    assert box
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    said = "all => all.map(one => getComputedStyle(one, '::before').content)"
    assert '"who: "' in visit.page.get_by_role("cell").evaluate_all(said)
    assert visit.page.get_by_role("row").count() > 1


@pytest.mark.parametrize("visit", [{}, DARK], ids=["light", "dark"], indirect=True)
def test_words_stand_out_from_what_is_behind_them(visit: Visit) -> None:
    """Contrast of at least 4.5 to 1 for words of the editor and of the page (WCAG 2.2, 1.4.3)."""
    visit.run("SELECT * { ?s kg:cue ?cue ; kg:confidence ?n }")
    visit.page.wait_for_selector("#answer table")
    visit.page.locator("summary").first.click()
    visit.page.focus(".CodeMirror textarea")
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type("SELECT * { ?s a 'x', 1 ; kg:con")
    visit.page.keyboard.press("Control+Space")
    visit.page.wait_for_selector(".CodeMirror-hint")
    ratios = visit.page.evaluate(CONTRAST)
    assert len(ratios) > 20
    assert [(name, round(ratio, 1)) for name, ratio in ratios if ratio < 4.5] == []


def test_a_query_is_run_and_its_links_lead_to_pages_here(visit: Visit) -> None:
    visit.run(NAMES)
    visit.page.wait_for_selector("#answer table")
    assert visit.page.inner_text("#answer p").startswith("3 rows in ")
    with visit.page.expect_navigation():
        visit.page.click("#answer td a >> text=ada-quist")
    assert visit.page.url.startswith(visit.url + "/actor/ada-quist")
    assert "Ada Quist" in visit.page.inner_text("h1")


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    visit.page.focus(".CodeMirror textarea")
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type("ASK { }")
    visit.page.keyboard.press("Control+Enter")
    visit.page.wait_for_selector("#answer p >> text=yes")
    visit.page.focus(".CodeMirror textarea")
    assert visit.page.eval_on_selector(".CodeMirror", "one => getComputedStyle(one).outlineStyle") == "solid"
    visit.page.keyboard.press("Tab")  # which leaves the editor
    assert visit.page.evaluate("document.activeElement.textContent") == "Run"


def test_terms_of_the_ontology_are_completed(visit: Visit) -> None:
    """With a prefix, without one, and before anything is written; what is taken is a query that runs."""
    for begun, hint, completed in (
        ("SELECT * { ?s kg:speak", "kg:speaker", "?s kg:speaker"),
        ("SELECT * { ?s spea", "kg:speaker", "?s kg:speaker"),
        ("SELECT * { ?s ", "kg:about", "?s kg:about"),
        ("SELECT * { ?s a ", "kg:Actor", "?s a kg:Actor"),
        ("PREFIX sch", "schema: <https://schema.org/>", "schema: <https://schema.org/>"),
    ):
        visit.page.focus(".CodeMirror textarea")
        visit.page.keyboard.press("Control+A")
        visit.page.keyboard.type(begun)
        visit.page.keyboard.press("Control+Space")
        visit.page.locator(".CodeMirror-hint-active", has_text=hint).wait_for(timeout=5000)
        visit.page.keyboard.press("Enter")
        visit.page.locator(".CodeMirror-hint").wait_for(state="detached", timeout=5000)
        query = visit.page.evaluate("window.editor.value")
        assert query.endswith(completed), begun
        assert query.count("PREFIX") == 1, begun


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_terms_are_completed_without_keys(visit: Visit) -> None:
    visit.page.evaluate("window.editor.value = 'SELECT * { ?s kg:speak'")
    visit.page.tap(".CodeMirror-code span >> text=speak")
    visit.page.keyboard.press("Control+End")
    visit.page.tap("#complete")
    visit.page.tap(".CodeMirror-hint >> text=kg:speaker")
    assert visit.page.evaluate("window.editor.value").endswith("?s kg:speaker")


def test_things_are_called_by_their_names(visit: Visit) -> None:
    visit.run("SELECT ?who ?said { ?said kg:speaker ?who }")
    visit.page.wait_for_selector("#answer td a >> text=Ada Quist")
    title = "Bridge to stay closed"
    visit.run(f"SELECT ?a ?t {{ VALUES ?t {{ '{title}' 'other' }} ?a a schema:NewsArticle }}")
    visit.page.wait_for_selector("#answer p >> text=2 rows")
    assert visit.page.locator("#answer td a").all_text_contents() == [title, title]
    visit.run("SELECT ?who ?name { ?who rdfs:label ?name FILTER(?name = 'Ada Quist'@en) }")
    visit.page.wait_for_selector("#answer p >> text=1 row")
    assert visit.page.locator("#answer td").all_text_contents() == ["ada-quist", "Ada Quist"]


def test_prefixes_that_a_query_uses_are_declared_and_no_error_is_marked(visit: Visit) -> None:
    assert visit.page.evaluate("window.editor.value").startswith("PREFIX")
    visit.page.evaluate("text => { window.editor.value = text; }", NAMES)
    assert "PREFIX kg: <" in visit.page.evaluate("window.editor.value")
    assert visit.page.query_selector_all(".CodeMirror .parseErrorIcon") == []


def test_an_error_is_marked_at_its_line(visit: Visit) -> None:
    visit.run("SELECT * {\n  ?s ?p ?o\n  FILTER(\n}")
    visit.page.wait_for_selector("#answer .error >> text=line 4")
    marked = visit.page.query_selector_all(".CodeMirror-linebackground.wrong")
    assert len(marked) == 1
    assert visit.page.evaluate("document.querySelector('.wrong').parentElement.textContent").endswith("}")
    visit.page.keyboard.type(" ")
    assert visit.page.query_selector_all(".wrong") == []


def test_a_column_of_numbers_is_shown_as_bars(visit: Visit) -> None:
    visit.run(COUNTS)
    visit.page.wait_for_selector("#answer meter")
    values = visit.page.eval_on_selector_all("#answer meter", "bars => bars.map(bar => bar.value / bar.max)")
    assert values[0] == 1
    assert values == sorted(values, reverse=True)


def test_a_construct_is_drawn(visit: Visit) -> None:
    visit.run("CONSTRUCT { ?who rdfs:label ?name . ?said kg:speaker ?who ; kg:cue ?cue } WHERE "
              "{ ?said kg:speaker ?who ; kg:cue ?cue . ?who rdfs:label ?name }")  # fmt: skip
    visit.page.wait_for_selector("#answer svg")
    nodes = visit.page.eval_on_selector_all("#answer svg a text", "all => all.map(one => one.textContent)")
    assert nodes.count("Ada Quist") == 1
    assert visit.page.eval_on_selector_all("#answer svg line", "all => all.length") == len(nodes) - 1 > 1
    assert set(visit.page.locator("#answer svg .edge").all_text_contents()) == {"speaker"}
    assert visit.page.locator("#answer td", has_text="Ada Quist").count() > 1  # which the table has as well
    link = visit.page.locator("#answer svg a", has_text="Ada Quist")
    link.focus()
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")
    assert "Ada Quist" in visit.page.inner_text("h1")
    assert visit.complaints == []


def test_rows_that_are_triples_are_drawn_and_too_many_nodes_are_not(visit: Visit) -> None:
    visit.run("SELECT ?s ?p ?o { ?s kg:speaker ?o BIND(kg:speaker AS ?p) }")
    visit.page.wait_for_selector("#answer svg")
    new = "BIND(IRI(CONCAT('x:', STR(RAND()))) AS {})"
    where = f"?s ?p ?o . ?t ?q ?u {new.format('?a')} {new.format('?b')}"
    visit.run(f"CONSTRUCT {{ ?a kg:x ?b }} WHERE {{ {where} }} LIMIT 150")
    visit.page.wait_for_selector("#answer p >> text=300 nodes are too many")
    assert visit.page.locator("#answer td").count() == 450


def test_numbers_over_days_are_a_line(visit: Visit) -> None:
    rows = " ".join(f'("2024-0{month}-01"^^xsd:date {month * 1000})' for month in range(1, 6))
    visit.run(f"SELECT ?day ?n {{ VALUES (?day ?n) {{ {rows} }} }}")
    visit.page.wait_for_selector("#answer polyline")
    assert "5,000" in visit.page.locator("#answer svg text").all_text_contents()


def test_numbers_and_days_that_cannot_be_drawn_are_shown(visit: Visit) -> None:
    rows = "('2024-01-01'^^xsd:date 'INF'^^xsd:double) ('-9999999-01-01'^^xsd:date 'NaN'^^xsd:double)"
    visit.run(f"SELECT * {{ VALUES (?day ?n) {{ {rows} ('2024-01-03'^^xsd:date 1e0) }} }}")
    visit.page.wait_for_selector("#answer p >> text=3 rows")
    assert visit.page.locator("#answer td.number").all_text_contents() == ["INF", "NaN", "1"]
    assert visit.page.locator("#answer :is(svg, meter)").count() == 0


def test_what_something_says_of_itself_is_drawn(visit: Visit) -> None:
    visit.run("CONSTRUCT { <x:a> <x:likes> <x:a> } WHERE {}")
    visit.page.wait_for_selector("#answer svg .edge >> text=x:likes")
    name, node = (visit.page.locator(f"#answer svg {part}").bounding_box() for part in (".edge", "circle"))
    assert name
    assert node
    assert name["y"] + name["height"] < node["y"]  # so that it can be read


def test_many_rows_are_shown_in_part(visit: Visit) -> None:
    visit.run("SELECT ?s ?p { ?s ?p ?o . ?t ?q ?u } LIMIT 100000")
    visit.page.wait_for_selector("#answer p >> text=100,000 rows", timeout=60_000)
    assert visit.page.locator("#answer tbody tr").count() == 1000
    visit.page.click("#answer button >> text=Show 1,000 more of 100,000")
    assert visit.page.locator("#answer tbody tr").count() == 2000


def test_one_row_is_not_called_rows(visit: Visit) -> None:
    visit.run("SELECT (1 AS ?n) {}")
    visit.page.wait_for_selector("#answer p >> text=1 row in")
    assert visit.page.locator("#answer td").all_text_contents() == ["1"]


def test_an_answer_that_is_cut_off_is_not_taken_for_whole(browser: Browser, tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--fronts", "1", "--max-answer", "100000") as small:
        page = browser.new_page()
        page.goto(small.url + "/")
        page.wait_for_selector(".CodeMirror")
        page.evaluate("window.editor.value = 'SELECT * { ?s ?p ?o . ?t ?q ?u }'")
        page.click("#sparql button >> nth=0")
        page.wait_for_selector("#answer .error >> text=broke off")
        page.close()


def test_an_empty_store_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "store", "--fronts", "1") as empty:
        page = browser.new_page()
        page.goto(empty.url + "/")
        assert "kg build" in page.inner_text("main")
        page.wait_for_selector(".CodeMirror")
        page.click("#sparql button >> nth=0")
        page.wait_for_selector("#answer p >> text=0 rows")
        page.close()


def test_a_query_can_be_stopped(visit: Visit) -> None:
    visit.run("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    visit.page.wait_for_selector("#state >> text=Running")
    visit.page.click("#stop")
    visit.page.wait_for_selector("#answer p >> text=Stopped.")
    assert not visit.page.is_visible("#stop")
    assert visit.page.inner_text("#state") == "Stopped."


def test_addresses_elsewhere_are_not_taken_for_pages_here(visit: Visit) -> None:
    visit.run("SELECT ?a { VALUES ?a { <https://news.example/article/1> <javascript:alert(1)> } }")
    visit.page.wait_for_selector("#answer table")
    found = visit.page.eval_on_selector_all("#answer td a", "all => all.map(one => one.getAttribute('href'))")
    assert found == ["https://news.example/article/1", None]


def test_what_the_graph_uses_beside_the_ontology_is_completed(visit: Visit, served: Served) -> None:
    served.update("INSERT DATA { GRAPH <x:g> { <x:s> <https://e.org/isKnownAs> 1 } }")
    with visit.page.expect_response(lambda answer: answer.url.endswith("/void")):
        visit.page.focus(".CodeMirror textarea")
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type("SELECT * { ?s <https://e.org/isK")
    visit.page.keyboard.press("Control+Space")
    visit.page.locator(".CodeMirror-hint", has_text="isKnownAs").wait_for(timeout=5000)


@pytest.mark.parametrize(
    ("query", "kind", "begins"),
    [(NAMES, "csv", "who,name"), (ACTORS, "turtle", "<http")],
)
def test_answers_are_downloaded(visit: Visit, query: str, kind: str, begins: str) -> None:
    visit.page.evaluate("text => { window.editor.value = text; }", query)
    with visit.page.context.expect_event("response", lambda got: "/sparql?" in got.url) as answered:
        visit.page.click(f"#sparql button[value={kind}]")
    assert f"format={kind}" in answered.value.url
    answer = visit.page.request.get(answered.value.url)
    assert answer.text().startswith(begins)


def test_a_download_that_is_refused_does_not_take_the_query_away(visit: Visit) -> None:
    visit.page.evaluate("text => { window.editor.value = text; }", NAMES)
    with visit.page.expect_popup() as refused:
        visit.page.click("#sparql button[value=turtle]")
    refused.value.wait_for_selector("text=does not fit the query")
    assert NAMES in visit.page.evaluate("window.editor.value")


def test_a_question_is_answered_below_its_form_and_has_an_address(visit: Visit) -> None:
    form = visit.page.locator(ASKED)
    visit.page.locator("details", has=form).locator("summary").click()
    form.locator("input").first.fill("Ada Quist")
    form.locator("input").last.fill("")  # which takes any day
    form.locator("button >> text=Ask").click()
    visit.page.wait_for_selector(f"{ASKED} + #answer table")
    form.locator("input").first.fill("a name with <no> such actor")
    form.locator("button >> text=Ask").click()
    visit.page.wait_for_selector("#answer p >> text=0 rows")
    form.locator("input").first.fill("Ada Quist")
    form.locator("button >> text=Ask").click()
    visit.page.wait_for_selector("#answer table")
    visit.page.goto(visit.page.url)  # as somebody does who was sent it
    visit.page.wait_for_selector(f"{ASKED} + #answer table")
    assert visit.page.input_value(f"{ASKED} input") == "Ada Quist"


def test_a_question_is_put_into_the_editor_with_its_values(visit: Visit) -> None:
    form = visit.page.locator(ASKED)
    visit.page.locator("details", has=form).locator("summary").click()
    form.locator("input").first.fill("Ada Quist")
    form.locator("button >> text=Edit").click()
    visit.page.wait_for_url("**/?*question=*#editor")
    visit.page.wait_for_selector(".CodeMirror")
    assert "actor:ada-quist" in visit.page.evaluate("window.editor.value")
    assert not visit.page.is_visible("#answer")


def test_a_query_has_an_address(visit: Visit) -> None:
    visit.run(NAMES)
    visit.page.wait_for_selector("#sparql + #answer table")
    visit.page.goto(visit.page.url)
    visit.page.wait_for_selector(".CodeMirror")
    assert NAMES in visit.page.evaluate("window.editor.value")


def test_what_happens_is_said_to_those_who_do_not_see_it(visit: Visit) -> None:
    """In a few words: not the table, and not each second."""
    visit.run(NAMES)
    visit.page.wait_for_selector("#state[role=status] >> text=3 rows in")
    assert visit.page.locator("[aria-live]:not(.yasqe *), [role=status] table").count() == 0
    visit.run("SELECT * {\n ?s ?p")
    visit.page.wait_for_selector("#answer [role=alert] >> text=does not parse")


def test_terms_are_explained_here(visit: Visit) -> None:
    visit.run("SELECT * { BIND(kg:speaker AS ?term) }")
    visit.page.click("#answer td a")
    visit.page.wait_for_selector("dt#speaker:target")
    assert "Who said it" in visit.page.inner_text("dt#speaker + dd")
    assert visit.foreign == []


def test_names_are_searched(visit: Visit) -> None:
    visit.page.fill("#search", "quist")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("h1 >> text=quist")
    assert visit.page.locator("main a", has_text="Ada Quist").count() >= 1


def test_without_a_script_the_form_still_works(visit: Visit) -> None:
    context = visit.page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto(visit.url + "/")
    assert page.locator("textarea#query").is_visible()
    context.close()
