"""The people of the desk, and the groups that carry their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import Prefetch
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from claims.access import Role, role_of
from sources.admin.naming import link_to
from sources.admin.overtaken import SignedForm
from sources.admin.panel import Panel

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    _UserAdmin = UserAdmin[User]
    _UserForm = UserChangeForm[User]
else:
    _UserAdmin = UserAdmin
    _UserForm = UserChangeForm

admin.site.unregister([User, Group])


class PersonForm(SignedForm, _UserForm):
    """A person, changed by somebody who read how they stood."""

    class Meta(UserChangeForm.Meta):
        pass


class _Administered(Panel):
    """For administrators; a superuser is looked after by superusers only."""

    def admits(self, request: HttpRequest) -> bool:
        return role_of(request.user) >= Role.ADMIN


@admin.register(User)
class PersonPanel(_Administered, _UserAdmin):
    """People. Their groups say what they may do; who leaves is made inactive."""

    form = PersonForm
    list_display = ("username", "name", "email", "role", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": (("first_name", "last_name"), "email")}),
        (_("What they may do"), {"fields": ("is_active", "is_superuser", "groups")}),
        (_("When"), {"fields": (("last_login", "date_joined"),)}),
    )
    adds = changes = True

    def lookup_allowed(
        self, lookup: str, value: str, request: HttpRequest | None = None
    ) -> bool:
        """Nothing of other people by way of a group: their passwords would be told."""
        groups = {"groups", "groups__id__exact", "groups__isnull"}
        return super().lookup_allowed(lookup, value, request) and (
            lookup in groups or not lookup.startswith("groups")
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (title, {**options, "fields": _without(options["fields"], "is_superuser")})
            for title, options in fieldsets
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody becomes more than they are by way of somebody who is more."""
        out_of_reach = (
            obj is not None and obj.is_superuser and not request.user.is_superuser
        )
        return super().has_change_permission(request, obj) and not out_of_reach

    @admin.display(description=_("Name"))
    def name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description=_("Role"))
    def role(self, person: User) -> str:
        if person.is_superuser:
            return str(_("superuser"))
        names = {group.name for group in person.groups.all()}
        roles = [role for role in Role if role.group in names]
        return max(roles, default=Role.READER).label

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        # Kept for whoever asks Django instead of the role.
        enters = role_of(User.objects.get(pk=form.instance.pk)) >= Role.EDITOR
        User.objects.filter(pk=form.instance.pk).update(is_staff=enters)


def _without(fields: Any, name: str) -> list[Any]:
    return [each for each in fields if each != name]


@admin.register(Group)
class GroupPanel(_Administered):
    """The groups that carry the roles, with who is in them. The roles are fixed."""

    list_display = ("name", "members")
    fields = readonly_fields = ("name", "members")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        groups: QuerySet[Group] = super().get_queryset(request)
        people = User.objects.filter(is_active=True).order_by("username")
        return groups.prefetch_related(Prefetch("user_set", queryset=people))

    @admin.display(description=_("People"))
    def members(self, group: Group) -> str:
        return format_html_join(
            ", ", "{}", ((link_to(person),) for person in group.user_set.all())
        )
