"""Four tables: the least a page of a thread needs."""

from django.conf import settings
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="floor_seat_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"


class Talk(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.talk_id}/{self.pk}"
