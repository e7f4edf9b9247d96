"""The login form, in the user's language."""

from flask_babel import lazy_gettext as _l
from flask_security import LoginForm as BaseLoginForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired


class LoginForm(BaseLoginForm):
    """Flask-Security's login with our labels; what it checks stays its own."""

    email = StringField(_l("Email address"), [InputRequired(_l("Enter your email address."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])
