"""What every page of the admin panel keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, InlineAdminFormSet
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import DateTimeField, ForeignKey, URLField, Value
from django.db.models.constants import LOOKUP_SEP
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.admin.fields import (
    NamedChoiceField,
    SteadyAutocomplete,
    lines_of,
    roomy_and_plain,
)
from sources.admin.history import changes_of
from sources.admin.linking import without_dead_links
from sources.admin.naming import ByName, named, without_keys
from sources.admin.overtaken import ComparingForm
from sources.admin.refusal import Refused, TellingForm, refused_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

    _Base = BaseModelAdmin[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
    _Inline = admin.options.InlineModelAdmin[Any, Any]
    _Stacked = admin.StackedInline[Any, Any]
    _Tabular = admin.TabularInline[Any, Any]
else:
    _Base, _ModelAdmin = BaseModelAdmin, admin.ModelAdmin
    _Inline = admin.options.InlineModelAdmin
    _Stacked, _Tabular = admin.StackedInline, admin.TabularInline


MOST_WORDS, MOST_SEARCHED_CHARACTERS = 20, 500
MOST_ROWS = 300  # of one kind, sent with one form


def moment(request: HttpRequest) -> datetime:
    """Return the one reading of the clock that this request goes by."""
    if not hasattr(request, "moment"):
        request.moment = timezone.now()  # type: ignore[attr-defined]
    at: datetime = request.moment  # type: ignore[attr-defined]
    return at


def asked_at(request: HttpRequest) -> Value:
    """Return that reading as a column, for what a row shows of the time since."""
    return Value(moment(request), output_field=DateTimeField())


def person(request: HttpRequest) -> User:
    """Return who is at the panel: strangers do not get here."""
    return cast("User", request.user)


def become(row: Model, made: Model) -> None:
    """Make of the row that Django's form filled in the one that an operation made."""
    row.pk = made.pk
    row.refresh_from_db()


class Doors(_Base):
    """
    Who may do what to these rows.

    Whoever enters the panel sees them; the three switches say what else is done here.
    """

    adds = changes = deletes = False

    def admits(self, request: HttpRequest) -> bool:
        """Tell whether these rows are for this person at all."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admits(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.adds and self.admits(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.changes and self.admits(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletes and self.admits(request)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField):
            return lines_of(db_field)
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, NamedChoiceField):
            # Beside a choice: look at it, or write a new one down. Not more.
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
        return roomy_and_plain(field)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: Any, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("form_class", NamedChoiceField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SteadyAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Panel(Doors, _ModelAdmin):
    """The pages of one model."""

    # Columns may be functions as well as names.
    fields: ClassVar[Any] = None
    fieldsets: ClassVar[Any] = None
    readonly_fields: ClassVar[Any] = ()

    form: Any = TellingForm
    list_per_page = 50
    list_max_show_all = 500
    show_full_result_count = False
    object_history_template = "admin/object_history.html"
    empty_value_display = "–"
    actions: Any = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admits(request)

    # --- Lists ----------------------------------------------------------------

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """
        Allow the filters that the list shows, and nothing else.

        Django allows every column of the model: whoever filters reviews by a verdict
        that is still hidden from them would know it.
        """
        offered: set[str] = {self.date_hierarchy} if self.date_hierarchy else set()
        for each in self.get_list_filter(request) if request else self.list_filter:
            name: Any = each[0] if isinstance(each, (tuple, list)) else each
            offered.add(getattr(name, "parameter_name", name))
        return any(
            lookup == name or lookup.startswith(f"{name}{LOOKUP_SEP}")
            for name in offered
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; an address with a filter that makes no sense shows it all."""
        try:
            return super().changelist_view(request, extra_context)
        except DisallowedModelAdminLookup:
            messages.warning(request, _("There is no such filter here."))
        except IncorrectLookupParameters:
            messages.warning(
                request, _("That filter makes no sense; here is everything.")
            )
        return redirect(request.path)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Do what was chosen to the rows that were ticked; a tick for none ticks none."""
        sent = request.POST.copy()
        ticked = sent.getlist(ACTION_CHECKBOX_NAME)
        sent.setlist(
            ACTION_CHECKBOX_NAME, [str(each) for each in ticked if self._is_key(each)]
        )
        request.POST = sent  # type: ignore[assignment]  # Django's own actions read it
        return super().response_action(request, *args, **kwargs)

    def _is_key(self, text: object) -> bool:
        try:
            self.opts.pk.to_python(text)
        except ValidationError:
            return False
        return True

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Search for the first words only: each of them is asked of every column."""
        words = " ".join(search_term.split()[:MOST_WORDS])[:MOST_SEARCHED_CHARACTERS]
        return super().get_search_results(request, queryset, words)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as exc:
            raise IncorrectLookupParameters from exc

    # --- Forms ----------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refused": refused_in(request)})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return _with_opened(self, super().get_fields(request, obj), obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.fieldsets:
            return fieldsets
        (title, options), *others = fieldsets
        fields = _with_opened(self, options["fields"], obj)
        return [(title, {**options, "fields": fields}), *others]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Return the row; one that is about to be saved, as nobody else can save it."""
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST" or not _compares(self):
            return row
        self.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save a form; what an operation refuses is told on the same form."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as exc:
            # Rolled back. The second time round the form itself does not validate.
            request.refused = exc  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """Save rows on a page by way of `save_rows`, and none that it does not know."""
        formset.new_objects, formset.changed_objects = [], []
        formset.deleted_objects = []
        self.save_rows(request, form.instance, formset)

    def save_rows(self, request: HttpRequest, row: Any, formset: Any) -> None:
        """Save what was sent of the rows that belong to this one."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context.get("original") is not None:
            context["subtitle"] = context["row_name"] = named(context["original"])
        inlines = context["inline_admin_formsets"]
        shown = [(context["adminform"], self.model)]
        for each, of in [*shown, *((inline, inline.opts.model) for inline in inlines)]:
            without_dead_links(each, of=of, site=self.admin_site, request=request)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inline_formsets(self, *args: Any, **kwargs: Any) -> Any:
        inlines = super().get_inline_formsets(*args, **kwargs)
        for inline in inlines:
            # Django makes these itself and offers no other place to choose the class.
            inline.__class__ = _NamedRows
        return inlines

    def message_user(
        self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any
    ) -> None:
        super().message_user(request, without_keys(message), *args, **kwargs)

    # --- History --------------------------------------------------------------

    def hidden_from(self, request: HttpRequest, row: Any) -> Collection[str]:
        """Return the fields of which the history tells this person nothing."""
        return ()

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show who changed what and when, as the database recorded it."""
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            row = response.context_data["object"]
            response.context_data |= {
                "row_name": named(row),
                "title": _("History of %(what)s") % {"what": named(row)},
                "changes": changes_of(row, hidden=self.hidden_from(request, row)),
            }
        return response


class _NamedRows(InlineAdminFormSet):
    """Rows on a page under their names; Django prints their keys as well."""

    def __iter__(self) -> Iterator[Any]:
        each: Any
        for each in super().__iter__():
            if each.original is not None:
                each.original = ByName(each.original)
            yield each


class Rows(Doors, _Inline):
    """Rows on the page of the row they belong to."""

    form: Any = TellingForm
    extra = 0
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = kwargs.get("form", self.form)
        kwargs["form"] = type("Row", (form,), {"refused": refused_in(request)})
        formset = super().get_formset(request, obj, **kwargs)
        # Django makes up to 2,000 forms for whoever asks for them: half a minute.
        formset.absolute_max = MOST_ROWS
        return formset

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields: list[Any] = list(super().get_fields(request, obj))
        return [*fields, self.form.opened] if _compares(self) else fields


class StackedRows(Rows, _Stacked):
    """Such rows one under the other, each a small form."""

    fields: ClassVar[Any] = None
    fieldsets: ClassVar[Any] = None
    readonly_fields: ClassVar[Any] = ()


class TabularRows(Rows, _Tabular):
    """Such rows as lines of a table."""

    fields: ClassVar[Any] = None
    fieldsets: ClassVar[Any] = None
    readonly_fields: ClassVar[Any] = ()


def _compares(panel: Any) -> bool:
    return issubclass(panel.form, ComparingForm)


def _with_opened(panel: Any, fields: Any, row: Model | None) -> list[Any]:
    known = list(fields)
    if row is not None and _compares(panel) and panel.form.opened not in known:
        known.append(panel.form.opened)
    return known
