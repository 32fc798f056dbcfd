"""In a browser that keeps nothing the desk works all the same."""

import pytest
from playwright.sync_api import expect

from claims.models import Draft
from tests.everybody.furnished import House
from tests.everybody.strict import NO_ROOM, NOTHING_IS_KEPT, Trouble
from tests.factories import a_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_page_of_the_desk_works_and_drafts_are_kept_by_the_server(
    enter, live_server
):
    ana = a_person("admin", "ana")
    house = House(ana)
    trouble = []

    for refusing in (NOTHING_IS_KEPT, NO_ROOM):
        page = enter(ana)
        watched = Trouble(page, refusing)
        for path in house.desk:
            page.goto(live_server.url + path)
        page.goto(f"{live_server.url}/desk/claims/{house.correcting.pk}/")
        page.get_by_label("Summary").fill("Four halls have no roof.")

        expect(page.locator("#review [data-saved]")).to_contain_text("draft saved")
        draft = Draft.objects.get(claim=house.correcting)
        assert draft.fields["summary"] == "Four halls have no roof."
        draft.delete()
        trouble += watched.told

    assert not trouble, "\n".join(trouble)
