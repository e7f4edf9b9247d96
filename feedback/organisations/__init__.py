"""Clients, partners, internal units and community stakeholders, and the people we may write to."""
