"""Records, named as in FHIR R4. Columns satisfy the Protocols of `core.ports`; invariants live in the database."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from releve.core.acts import TASK_KINDS
from releve.core.understanding import CHANNELS

STATUSES = ("booked", "cancelled", "noshow", "arrived", "fulfilled")
OCCUPYING = ("booked", "arrived", "fulfilled")


class User(AbstractUser):
    """Someone who signs in: our own model, because it cannot be changed later."""

    class Role(models.TextChoices):
        SECRETARY = "secretary"
        PHYSICIAN = "physician"
        MANAGER = "manager"

    role = models.CharField(max_length=20, choices=Role.choices, default=Role.SECRETARY)
    pin = models.CharField(max_length=128, blank=True)  # hashed: reopens a locked desk, never signs in
    language = models.CharField(max_length=8, blank=True)  # of the screens; empty: the browser's
    single_keys = models.BooleanField(default=True)  # one-letter shortcuts
    seen_at = models.DateTimeField(null=True)  # last look at the day: what is newer "has changed"


class Organization(models.Model):
    """A practice or a service: what patients call « le cabinet »."""

    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    access = models.TextField(blank=True)
    timezone = models.CharField(max_length=64, default="Europe/Paris")
    opening_hours = models.JSONField(default=list)
    public_holidays = models.BooleanField(default=True)
    territory = models.CharField(
        max_length=8, blank=True
    )  # whose public holidays (agenda.public_holidays); "": metropole
    school_zone = models.CharField(max_length=8, blank=True)  # whose school holidays (agenda.school_holidays)
    early_reminder_days = models.PositiveSmallIntegerField(default=0)  # 0: only the evening before
    texts = models.JSONField(default=dict)  # the practice's own wording of what leaves, by name of the text
    set_up = models.JSONField(default=dict)  # the guided set-up: which steps are done

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    organization = models.ForeignKey(Organization, models.PROTECT)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Record(models.Model):
    """What every record has: its practice, its place, and the identifier that others know it by."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True)
    identifier = models.CharField(max_length=64)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "identifier"], name="%(class)s_identifier"),
        ]

    def __str__(self) -> str:
        return self.identifier


class Practitioner(Record):
    given = models.CharField(max_length=100)
    family = models.CharField(max_length=100)
    profession = models.CharField(max_length=100)
    rpps = models.CharField(max_length=11, blank=True)
    accepts_new_patients = models.BooleanField(default=True)
    teleconsultation = models.BooleanField(default=False)
    active = models.BooleanField(default=True)  # False: left the practice; the past keeps its name
    elsewhere = models.CharField(max_length=8, blank=True)  # their agenda is kept in other software: "feed", "tasks"


class Resource(Record):
    """A room or a device that some visits need besides a person. Visits name the `family` they need, any one of it."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, default="room")  # room, device
    family = models.CharField(max_length=100)  # « salle de soins », « échographe »
    active = models.BooleanField(default=True)


class HealthcareService(Record):
    """A kind of visit. What its places must satisfy is read by `agenda` alone, for listing and for booking."""

    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list)
    duration_min = models.PositiveIntegerField()
    price_eur = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    reimbursed = models.BooleanField(default=True)
    new_patients = models.BooleanField(default=True)
    instructions = models.TextField(null=True, blank=True)
    bookable_online = models.BooleanField(default=True)
    step_min = models.PositiveIntegerField(null=True)  # between two starts; None: the duration
    buffer_before_min = models.PositiveIntegerField(default=0)
    buffer_after_min = models.PositiveIntegerField(default=0)
    min_notice_min = models.PositiveIntegerField(default=0)
    horizon_days = models.PositiveIntegerField(null=True)  # how far ahead patients may book; None: the practice's
    min_age = models.PositiveIntegerField(null=True)  # full years, both included
    max_age = models.PositiveIntegerField(null=True)
    capacity = models.PositiveIntegerField(default=1)  # how many are seen together: group visits
    needs = models.JSONField(default=list)  # families of resources, one of each
    urgent = models.BooleanField(default=False)  # may take places that rules keep for urgent visits
    teleconsultation = models.BooleanField(default=False)  # by video
    position = models.PositiveIntegerField(default=0)  # the order in which visits are proposed; equal ones: by age
    active = models.BooleanField(default=True)
    practitioners = models.ManyToManyField(Practitioner, related_name="services")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(duration_min__gt=0), name="service_lasts"),
        ]


class Schedule(Record):
    """When a practitioner works, or a room or device can be used: wall-clock rules in an IANA zone."""

    practitioner = models.OneToOneField(Practitioner, models.PROTECT, null=True)
    resource = models.OneToOneField(Resource, models.PROTECT, null=True)
    timezone = models.CharField(max_length=64)
    rules = models.JSONField(default=list)
    overrides = models.JSONField(default=list)
    days_off = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(default=1)
    limits = models.JSONField(default=list)  # at most so many a day: {"services", "new_patients", "per_day"}

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, resource=None) | Q(practitioner=None, resource__isnull=False),
                name="schedule_of_one",
            ),
        ]


class Patient(Record):
    """`merged_into`: a duplicate that a person has merged, and can unmerge."""

    given = models.CharField(max_length=100)
    family = models.CharField(max_length=100)
    birth_date = models.DateField(db_index=True)
    sex = models.CharField(max_length=1, blank=True)
    phone = models.CharField(max_length=20, null=True, db_index=True)
    email = models.EmailField(null=True, db_index=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")


class PatientWord(models.Model):
    """One word that a patient's file is found under (`practice.rules.kept_words`).

    Bytes, because both databases compare them in the same order: « begins so » is a range of the index.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, db_index=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="words")
    word = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "word", "patient"], name="patient_word")]

    def __str__(self) -> str:
        return bytes(self.word).decode()


class Appointment(Record):
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="appointments")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT)
    service = models.ForeignKey(HealthcareService, models.PROTECT)
    start = models.DateTimeField()
    end = models.DateTimeField()
    status = models.CharField(max_length=10, default="booked")
    confirmed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    arrived_at = models.DateTimeField(null=True)
    first_visit = models.BooleanField(default=False)  # booked for somebody the practice had never seen
    overbooking = models.CharField(max_length=200, blank=True)  # why a person booked it above the agenda's places
    series = models.CharField(max_length=64, blank=True)  # what visits booked together share

    class Meta(Record.Meta):
        indexes: ClassVar = [models.Index(fields=["practitioner", "start"]), models.Index(fields=["patient", "start"])]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="appointment_lasts"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="appointment_status"),
        ]


class Allocation(models.Model):
    """Time taken on a schedule: by an appointment, or by a hold until it expires. The database refuses overlaps
    (exclusion constraint on PostgreSQL, trigger on SQLite: see the first migration)."""

    schedule = models.ForeignKey(Schedule, models.PROTECT)
    start = models.DateTimeField()
    end = models.DateTimeField()
    place = models.PositiveIntegerField(default=1)
    capacity = models.PositiveIntegerField(default=1)  # how many its maker reckoned with (agenda.places.Booking)
    service = models.ForeignKey(HealthcareService, models.PROTECT, null=True)  # for what: daily limits count it
    first_visit = models.BooleanField(default=False)
    appointment = models.ForeignKey(Appointment, models.CASCADE, null=True, related_name="allocations")
    hold = models.CharField(max_length=80, blank=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["schedule", "end", "start"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="allocation_lasts"),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False, hold="") | (Q(appointment__isnull=True) & ~Q(hold="")),
                name="allocation_appointment_or_hold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}"


class Feed(models.Model):
    """The calendar of other software (iCalendar), read again and again: it says when someone is not free."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    schedule = models.OneToOneField(Schedule, models.PROTECT)
    url = models.TextField()  # often a secret: never shown whole, never logged
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=100, blank=True)  # the Last-Modified it came with
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was last read
    read_at = models.DateTimeField(null=True)  # last good reading
    tried_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    error = models.CharField(max_length=200, blank=True)  # a code of interop.ical, no word of the feed's

    def __str__(self) -> str:
        return f"{self.pk}"


class BusyTime(models.Model):
    """Time that cannot be booked and that no appointment of ours takes: an absence, or an event of a feed.

    `removed_at`: it was there once; a tombstone, so that what vanished and came back is known again.
    """

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="busy")
    start = models.DateTimeField()
    end = models.DateTimeField()
    feed = models.ForeignKey(Feed, models.CASCADE, null=True)
    uid = models.CharField(max_length=300, blank=True)  # of the event; with `start`, one occurrence of it
    reason = models.CharField(max_length=200, blank=True)  # of an absence, for the team; of a feed: practice.busy.TOLD
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["schedule", "end", "start"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="busy_time_lasts"),
            models.UniqueConstraint(fields=["feed", "uid", "start"], name="busy_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}"


class AgendaKey(models.Model):
    """A private address under which other software reads one practitioner's appointments (iCalendar)."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the key, which is shown once
    with_names = models.BooleanField(default=False)  # else « Rendez-vous » alone
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class WaitingListEntry(Record):
    """Somebody who waits for a place (`agenda.waiting_list` ranks them). `appointment`: one that the place would
    replace. `cause` "absence": that appointment cannot be kept, and a person offers another time."""

    patient = models.ForeignKey(Patient, models.PROTECT)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, null=True)
    service = models.ForeignKey(HealthcareService, models.PROTECT)
    windows = models.JSONField(default=list)
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True)
    status = models.CharField(max_length=10, default="waiting")  # waiting, booked, removed
    joined_at = models.DateTimeField(null=True)  # unknown for those who waited before the practice file was loaded
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(default=0)  # 0 ordinary, 1 sooner, 2 first: only people set it
    priority_why = models.CharField(max_length=200, blank=True)
    missed = models.PositiveSmallIntegerField(default=0)  # places they said yes to, that somebody else had by then
    cause = models.CharField(max_length=10, blank=True)


class Offer(models.Model):
    """A freed place offered to one entry of the waiting list, and held for it until `expires_at`."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    entry = models.ForeignKey(WaitingListEntry, models.PROTECT, related_name="offers")
    practitioner = models.ForeignKey(Practitioner, models.PROTECT)
    service = models.ForeignKey(HealthcareService, models.PROTECT)
    start = models.DateTimeField()
    freed_start = models.DateTimeField()
    freed_end = models.DateTimeField()
    expires_at = models.DateTimeField()
    # open, accepted, declined, expired, standby (a yes after its turn), lost, withdrawn
    status = models.CharField(max_length=10, default="open")
    round = models.PositiveSmallIntegerField(default=1)  # offers of one freed place that went out together share it
    made_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class FaqEntry(Record):
    question = models.TextField()
    answer = models.TextField()


class Conversation(Record):
    """`identifier` is the key the channel knows it by; `version` grows with each turn (optimistic lock)."""

    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=200, null=True, db_index=True)
    state = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    with_person = models.BooleanField(default=False)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True)
    patient = models.ForeignKey(Patient, models.SET_NULL, null=True)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    closed_by = models.CharField(max_length=10, blank=True)  # assistant, person
    simulated = models.BooleanField(default=False)  # a simulated patient of the demonstration, never a visitor

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="conversation_channel"),
        ]


class Communication(models.Model):
    """One message, in or out. Outgoing ones that can be answered in a word carry what they are about."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    conversation = models.ForeignKey(Conversation, models.PROTECT, null=True, related_name="messages")
    patient = models.ForeignKey(Patient, models.SET_NULL, null=True)
    event = models.UUIDField(null=True, db_index=True)
    author = models.CharField(max_length=10)  # patient, assistant, staff
    purpose = models.CharField(max_length=10, default="reply")  # reply, reminder, offer, no_show, cancelled, code
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=200, null=True)
    text = models.TextField()
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True)
    offer = models.ForeignKey(Offer, models.SET_NULL, null=True)
    answered = models.BooleanField(default=False)
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["address", "purpose", "sent_at"])]

    def __str__(self) -> str:
        return f"{self.author} {self.pk}"


class Task(Record):
    """What a person must decide, with the proposal and the words that caused it."""

    kind = models.CharField(max_length=30)
    status = models.CharField(max_length=10, default="open")  # open, approved, rejected
    priority = models.CharField(max_length=10, default="routine")  # emergency, today, routine
    handoff = models.CharField(max_length=10, blank=True)
    patient = models.ForeignKey(Patient, models.SET_NULL, null=True)
    conversation = models.ForeignKey(Conversation, models.PROTECT, null=True, related_name="tasks")
    words = models.TextField(blank=True)
    marks = models.JSONField(default=list)
    note = models.TextField(blank=True)
    identity = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list)
    draft = models.TextField(blank=True)
    proposal = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True)
    refusal = models.CharField(max_length=30, blank=True)  # why it was refused: one of core.acts.REFUSAL_REASONS
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="assigned")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=TASK_KINDS), name="task_kind"),
        ]


class VerificationCode(models.Model):
    """A six-digit code, stored as a salted hash, good for one conversation and ten minutes."""

    conversation = models.ForeignKey(Conversation, models.CASCADE)
    patient = models.ForeignKey(Patient, models.CASCADE)
    salt = models.BinaryField()
    digest = models.BinaryField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk}"


class Consent(models.Model):
    """What an address has asked for: here, STOP on one channel."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=200)
    opted_out_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "channel", "address"], name="consent_address"),
        ]

    def __str__(self) -> str:
        return f"{self.channel}"
