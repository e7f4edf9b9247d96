"""Tests of exports: what the files hold, how they are made, who gets them."""
